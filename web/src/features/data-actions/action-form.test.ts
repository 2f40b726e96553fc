import { expect, it } from "vitest";
import { placeholdersOf, settingsOf, valuesOf, whereOf } from "./action-form";

it("finds each placeholder once, and neither the secret nor the body of a GET", () => {
  const settings = {
    ...settingsOf(valuesOf(null)),
    url: "https://crm.example/{number}?n={contact.Nom complet}&again={number}",
    headers: [{ name: "X-Key", value: "{secret} {campaign_id}" }],
    body: '{"result": "{result}"}',
  };
  expect(placeholdersOf(settings)).toEqual(["number", "contact.Nom complet", "campaign_id"]);
  expect(placeholdersOf({ ...settings, method: "POST" })).toContain("result");
});

it("finds the placeholders of a statement alone, and says which database is asked", () => {
  const settings = {
    ...settingsOf(valuesOf(null)),
    kind: "sql" as const,
    url: "https://crm.example/{number}",
    host: "db.example",
    database: "operator",
    statement:
      "SELECT balance FROM subscribers WHERE number = {digits} AND tier = {contact.Palier}",
  };
  expect(placeholdersOf(settings)).toEqual(["digits", "contact.Palier"]);
  expect(whereOf(settings)).toBe("postgresql db.example/operator");
});
