import { expect, test } from "vitest";
import type { Campaign, CampaignState, Mode } from "@/api/types";
import {
  asksFor,
  bodyOf,
  type CampaignValues,
  DEFAULT_RECALLS,
  missingChoices,
  modeAllowed,
  NEW_CAMPAIGN,
  unknownPlaceholders,
  valuesOf,
  weekSeconds,
} from "./campaign-form";

const filled = {
  ...NEW_CAMPAIGN,
  name: " Relance ",
  contact_list_id: "l",
  queue_id: "q",
  trunk_id: "t",
  caller_id: "+2290121300100",
};

test("a new campaign lacks its name and what it joins, nothing else", () => {
  expect(Object.keys(missingChoices(NEW_CAMPAIGN)).sort()).toEqual([
    "caller_id",
    "contact_list_id",
    "name",
    "queue_id",
    "trunk_id",
  ]);
  expect(missingChoices(filled)).toEqual({});
});

test("a window must not be empty and some day must be callable", () => {
  expect(missingChoices({ ...filled, callable_until: "08:00" })).toEqual({ callable_until: true });
  expect(missingChoices({ ...filled, callable_weekdays: [] })).toEqual({ callable_weekdays: true });
});

test("the body is the settings alone, trimmed, days in order", () => {
  const body = bodyOf({ ...filled, callable_weekdays: [5, 1] });
  expect(body).toMatchObject({ name: "Relance", callable_weekdays: [1, 5] });
  expect(body).not.toHaveProperty("state");
});

test("a campaign's values are its settings, with the delays it does not name", () => {
  const campaign = {
    ...bodyOf(filled),
    campaign_id: "c",
    state: "paused",
    version: 3,
    callable_from: "09:00:00",
    callable_until: "18:30:00",
    recall_seconds: { busy: 60 },
  } as unknown as Campaign;
  const values = valuesOf(campaign);
  expect(values.callable_from).toBe("09:00");
  expect(values.recall_seconds).toEqual({ ...DEFAULT_RECALLS, busy: 60 });
  expect(values).not.toHaveProperty("version");
  expect(weekSeconds(values)).toBe(6 * 9.5 * 3600);
});

const emptied = (field: string, mode: Mode) => ({ ...filled, mode, [field]: "" }) as CampaignValues;

test.each([
  ["power", "calls_per_agent"],
  ["predictive", "abandon_target"],
  ["predictive", "calls_per_agent_ceiling"],
  ["progressive", "weight"],
  ["predictive", "agents_kept_free"],
] as const)("%s needs %s", (mode, field) => {
  expect(missingChoices(emptied(field, mode))).toEqual({ [field]: true });
});

test("a field that the mode does not ask for is not needed, and keeps its default", () => {
  const values = emptied("calls_per_agent", "predictive");
  expect(missingChoices(values)).toEqual({});
  expect(bodyOf(values)).toMatchObject({ mode: "predictive", calls_per_agent: 1.5 });
  expect(asksFor("preview", "weight")).toBe(false);
});

test("a new campaign has the defaults of the pace", () => {
  expect(bodyOf(NEW_CAMPAIGN)).toMatchObject({
    mode: "progressive",
    calls_per_agent: 1.5,
    calls_per_agent_ceiling: 15,
    abandon_target: 0.03,
    abandon_window: "day",
    weight: 1,
    agents_kept_free: 0,
  });
});

test("while it runs, a campaign stays with preview or without it", () => {
  const open = (saved: Mode, state: CampaignState | undefined) =>
    (["preview", "progressive", "power", "predictive", "inbound"] as const).filter((mode) =>
      modeAllowed(saved, state, mode),
    );
  expect(open("power", "running")).toEqual(["progressive", "power", "predictive"]);
  expect(open("preview", "pausing")).toEqual(["preview"]);
  expect(open("inbound", "running")).toEqual(["inbound"]);
  expect(open("preview", "paused")).toHaveLength(5);
  expect(open("predictive", undefined)).toHaveLength(5);
});

test("a campaign of callers sends the defaults of what its form does not show", () => {
  const values: CampaignValues = {
    ...filled,
    mode: "inbound",
    callable_weekdays: [],
    preview_column: "ville",
    dnc_list_ids: ["d"],
    after_call_limit_seconds: 25,
  };
  expect(missingChoices(values)).toEqual({});
  expect(bodyOf(values)).toMatchObject({
    mode: "inbound",
    name: "Relance",
    callable_weekdays: NEW_CAMPAIGN.callable_weekdays,
    preview_column: "",
    dnc_list_ids: [],
    after_call_limit_seconds: 25,
  });
});

test("placeholders are held against the list's columns", () => {
  expect(unknownPlaceholders("Bonjour {{ nom }} {{prénom}} {{nom}} {x}", ["nom"])).toEqual([
    "prénom",
  ]);
});
