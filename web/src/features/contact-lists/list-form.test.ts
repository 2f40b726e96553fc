// @vitest-environment jsdom

import { expect, test } from "vitest";
import { contactName } from "@/shared/contact-name";
import { SESSION } from "@/test/render";
import { bodyOf, emptyList } from "./list-form";
import { regions } from "./places";

test("rows without a name are left out, labels default to the name, keys must exist", () => {
  const body = bodyOf({
    ...emptyList(SESSION.organisation),
    name: " Clients ",
    columns: [
      { id: 1, name: "mobile", label: "", kind: "phone", phone_column: null },
      { id: 2, name: "", label: "Rien", kind: "text", phone_column: null },
      { id: 3, name: "fuseau", label: "", kind: "time_zone", phone_column: "mobile" },
      { id: 4, name: "zone", label: "", kind: "time_zone", phone_column: "gone" },
    ],
    key_columns: ["mobile", "nom"],
  });
  expect(body).toEqual({
    name: "Clients",
    region: "BJ",
    time_zone: "Africa/Porto-Novo",
    zone_source: "number_then_list",
    columns: [
      { name: "mobile", label: "mobile", kind: "phone", position: 0, phone_column: null },
      { name: "fuseau", label: "fuseau", kind: "time_zone", position: 1, phone_column: "mobile" },
      { name: "zone", label: "zone", kind: "time_zone", position: 2, phone_column: null },
    ],
    key_columns: ["mobile"],
  });
});

test("countries are countries of today", () => {
  const codes = regions("fr").map((region) => region.value);
  expect(codes).toContain("BJ");
  expect(codes).toContain("TG");
  expect(codes).not.toContain("ZZ");
  expect(codes).not.toContain("SU");
  expect(codes.length).toBeGreaterThan(230);
});

test("a contact is called by its names, else by its number", () => {
  const columns = [
    { name: "ville", label: "Ville", kind: "text" as const, position: 0 },
    { name: "nom", label: "Nom", kind: "text" as const, position: 1 },
    { name: "prenom", label: "Prénom", kind: "text" as const, position: 2 },
  ];
  const base = {
    numbers: [{ number: "+2290197123456", label: "", callable: true }],
    external_key: null,
  };
  const named = { ...base, data: { ville: "Cotonou", nom: "Agossou", prenom: "Sèna" } };
  expect(contactName(named as never, columns)).toBe("Sèna Agossou");
  expect(contactName({ ...base, data: {} } as never, columns)).toBe("+229 01 97 12 34 56");
});
