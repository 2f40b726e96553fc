import { describe, expect, it } from "vitest";
import {
  actionTypes,
  bodyOf,
  conditionTypes,
  newPiece,
  newRule,
  sent,
  taken,
  valuesOf,
} from "./rule-form";

describe("a rule set's form", () => {
  it("sends lists and numbers in place of what was typed", () => {
    const rule = newRule("Une", "pre_call");
    rule.conditions = [
      { ...newPiece("phone_number_type"), labels: "mobile, bureau ," },
      {
        ...newPiece("time_and_date"),
        parts: [{ ...newPiece("day_of_month"), days: ["1", "15", "LAST_DAY"] }],
      },
    ];
    rule.actions = [
      { ...newPiece("DO_NOT_DIAL"), minutes: "" },
      { ...newPiece("APPEND_NUMBER_TO_DNC_LIST"), dnc_list_id: "x", days: "30" },
      { ...newPiece("SET_SKILLS"), skills: ["language:fon"], language_column: "langue" },
    ];
    expect(bodyOf({ name: "Jeu", rules: [rule] }).rules).toEqual([
      {
        name: "Une",
        active: true,
        conditions: [
          { type: "phone_number_type", inverted: false, labels: ["mobile", "bureau"] },
          {
            type: "time_and_date",
            inverted: false,
            time_zone: "",
            parts: [{ type: "day_of_month", inverted: false, days: [1, 15, "LAST_DAY"] }],
          },
        ],
        actions: [
          { type: "DO_NOT_DIAL", inverted: false, minutes: null },
          { type: "APPEND_NUMBER_TO_DNC_LIST", inverted: false, dnc_list_id: "x", days: 30 },
          {
            type: "SET_SKILLS",
            inverted: false,
            skills: ["language:fon"],
            language_column: "langue",
          },
        ],
      },
    ]);
  });

  it("sends what it was given when nothing is changed", () => {
    const kinds = ["pre_call", "wrap_up"] as const;
    for (const kind of kinds) {
      const rule = newRule("Toutes", kind);
      rule.conditions = conditionTypes(kind).map(newPiece);
      rule.actions = actionTypes(kind).map(newPiece);
      const body = bodyOf({ name: "Jeu", rules: [rule] });
      expect(bodyOf(valuesOf(body))).toEqual(body);
    }
  });

  it("offers what decides about dialling before a call only", () => {
    expect(actionTypes("wrap_up")).not.toContain("DO_NOT_DIAL");
    expect(conditionTypes("pre_call")).not.toContain("call_analysis");
  });
});

it("groups and what is written into columns come back as they were sent", () => {
  const progress = { type: "campaign_progress", campaign_id: "c", operator: "LESS_THAN", value: 5 };
  const group = { type: "group", match: "all", conditions: [progress] };
  expect(sent(taken(group))).toMatchObject(group);
  const tells = { type: "DATA_ACTION", data_action_id: "d", write: { status: " ", ref: "nom" } };
  expect(sent(taken(tells)).write).toEqual({ ref: "nom" });
});
