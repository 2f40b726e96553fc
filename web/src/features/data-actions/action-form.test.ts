import { expect, it } from "vitest";
import { placeholdersOf, settingsOf, valuesOf } from "./action-form";

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
