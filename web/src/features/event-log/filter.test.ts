import { describe, expect, it } from "vitest";
import { filterOf, queryOf } from "./filter";

const ID = "01a219e8-b9a0-77a5-bca9-349edcf4bb99";

describe("filterOf", () => {
  it("keeps what is a filter", () => {
    const raw = { level: "error", category: "TRUNK", campaign: ID, search: "trunk", unseen: true };
    expect(filterOf(raw)).toEqual(raw);
  });

  it("leaves out what is none, so that no address breaks the page", () => {
    expect(
      filterOf({
        level: "fatal",
        category: "X",
        campaign: "1; DROP",
        from: "yesterday",
        search: "",
        unseen: "no",
        other: "x",
      }),
    ).toEqual({});
  });

  it("takes a search of digits alone, which the router reads as a number", () => {
    expect(filterOf({ search: 404 })).toEqual({ search: "404" });
  });
});

describe("queryOf", () => {
  it("asks for times of the organisation's zone", () => {
    const query = queryOf({ from: "2026-11-26T08:00", trunk: ID }, "Africa/Porto-Novo");
    expect(query.from).toBe("2026-11-26T07:00:00.000Z");
    expect(query.trunk_id).toBe(ID);
    expect(query.until).toBeUndefined();
  });
});
