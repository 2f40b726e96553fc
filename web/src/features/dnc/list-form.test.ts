import { expect, test } from "vitest";
import type { DncList } from "@/api/types";
import { changeBody, NEW_LIST, NEW_PROVIDER, newBody, valuesOf } from "./list-form";

const PROVIDER = {
  ...NEW_PROVIDER,
  url: "https://dnc.example/{number}",
  listed_values: "true, 1 ,",
  max_age_days: 0.5,
};

test("a new list sends only what its kind needs", () => {
  const named = { ...NEW_LIST, name: "Stop" };
  expect(newBody(named)).toEqual({ name: "Stop", channel: "any", organisation_wide: false });
  expect(newBody({ ...named, kind: "column", key_column: "contrat" })).toMatchObject({
    key_column: "contrat",
  });
  expect(newBody({ ...named, kind: "provider", provider: PROVIDER })).toMatchObject({
    provider: { listed_values: ["true", "1"], max_age_seconds: 43_200 },
  });
});

test("a list's values change it back into itself; the provider only for who may", () => {
  const { max_age_days: _, ...settings } = PROVIDER;
  const list = {
    name: "Bloctel",
    kind: "provider",
    key_column: null,
    channel: "voice",
    organisation_wide: true,
    version: 3,
    provider: {
      ...settings,
      listed_values: ["true", "1"],
      not_listed_values: ["false"],
      max_age_seconds: 43_200,
    },
  } as unknown as DncList;
  const body = changeBody(valuesOf(list), 3, true);
  expect(body).toMatchObject({ version: 3, channel: "voice", organisation_wide: true });
  expect(body.provider).toEqual(list.provider);
  expect(changeBody(valuesOf(list), 3, false)).not.toHaveProperty("provider");
});
