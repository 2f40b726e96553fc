import { expect, it } from "vitest";
import { type RuleWords, sentence } from "./rule-words";

const words: RuleWords = {
  types: {
    campaign_progress: "Avancement (%)",
    business_success: "Succès",
    time_of_day: "Heure",
    day_of_week: "Jour",
    specific_date: "Date",
    set_dialing_mode: "Mode",
    turn_off_campaign: "Pause",
  },
  operators: { GREATER_THAN: "plus de" },
  modes: { power: "multiple" },
  days: ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
  monthDays: { LAST_DAY: "le dernier" },
  last: "dernière",
  everyYear: "chaque année",
  and: "et",
  or: "ou",
  nameOf: (id) => ({ a: "Relance" })[id] ?? "",
  date: (day) => day,
};
const say = (part: Record<string, unknown>) => sentence(part, words).replaceAll("\u00a0", " ");

it("a figure has its campaign, comparison and value; a group its brackets", () => {
  const progress = {
    type: "campaign_progress",
    campaign_id: "a",
    operator: "GREATER_THAN",
    value: 50,
  };
  expect(say(progress)).toBe("Avancement (%) · Relance : plus de 50");
  const success = { ...progress, type: "business_success", campaign_id: "gone", value: 0 };
  expect(say({ type: "group", match: "any", conditions: [progress, success] })).toBe(
    "(Avancement (%) · Relance : plus de 50 ou Succès : plus de 0)",
  );
});

it("times and actions are told in words", () => {
  expect(say({ type: "time_of_day", start: "08:00", until: "18:00" })).toBe("Heure : 08:00–18:00");
  expect(say({ type: "day_of_week", days: [1, 7] })).toBe("Jour : lun, dim");
  expect(
    say({ type: "specific_date", first: "2026-12-25", last: "2026-12-25", every_year: true }),
  ).toBe("Date : 2026-12-25, chaque année");
  expect(say({ type: "set_dialing_mode", campaign_id: "a", value: "power" })).toBe(
    "Mode · Relance : multiple",
  );
  expect(say({ type: "turn_off_campaign", campaign_id: "a" })).toBe("Pause · Relance");
});
