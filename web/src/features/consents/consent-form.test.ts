import { expect, test } from "vitest";
import { bodyOf, NEW_CONSENT } from "./consent-form";

const toUtc = (wall: string) => `${wall}:00.000Z`;

test("a consent is sent with its proof; a day of validity means its last minute", () => {
  const body = bodyOf(
    {
      ...NEW_CONSENT,
      number: "0161000001",
      how: " paper ",
      proof: "Form 7",
      at: "2026-11-20T10:00",
      valid_until: "2027-11-20",
    },
    toUtc,
  );
  expect(body).toEqual({
    kind: "given",
    number: "0161000001",
    purpose: "prospecting",
    at: "2026-11-20T10:00:00.000Z",
    how: "paper",
    proof: "Form 7",
    reference: "",
    file_sha256: "",
    valid_until: "2027-11-20T23:59:00.000Z",
  });
});

test("a withdrawal is for all purposes unless one is named, and carries no validity", () => {
  const withdrawn = { ...NEW_CONSENT, kind: "withdrawn", valid_until: "2027-11-20" };
  expect(bodyOf(withdrawn, toUtc)).toMatchObject({ purpose: "*", valid_until: null, at: null });
  expect(bodyOf({ ...withdrawn, every: false }, toUtc)).toMatchObject({ purpose: "prospecting" });
});

test("without a number the line is for all of a contact's", () => {
  expect(bodyOf(NEW_CONSENT, toUtc)).not.toHaveProperty("number");
});
