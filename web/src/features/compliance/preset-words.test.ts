import { expect, test } from "vitest";
import type { PresetValue } from "@/api/types";
import en from "./messages.en";
import fr from "./messages.fr";
import { wordsOf } from "./preset-words";

const FORMATS = { count: String, rate: (share: number) => `${share * 100} %` };
const text = en as unknown as typeof fr;

function value(name: string, content: PresetValue["value"]): PresetValue {
  return {
    name,
    value: content,
    basis: "law",
    kept_by: "program",
    source: "A law",
    source_fr: "",
    read: "2026-11-26",
  };
}

test("shares, spans, choices and truths are told in words", () => {
  expect(wordsOf(value("abandon_target", 0.03), fr, FORMATS)).toBe("3 %");
  expect(wordsOf(value("redial_after_abandoned_hours", 72), fr, FORMATS)).toBe("72 h");
  expect(wordsOf(value("abandon_window", "30_days"), text, FORMATS)).toBe("30 days");
  expect(wordsOf(value("consent_required", true), fr, FORMATS)).toBe("oui");
  expect(wordsOf(value("caller_id_prefixes_denied", ["+336", "+337"]), fr, FORMATS)).toBe(
    "+336, +337",
  );
});

test("windows name their days, as a span where they follow each other", () => {
  const hours = [
    { days: [5, 1, 2, 3, 4], from: "10:00", until: "13:00" },
    { days: [1, 3], from: "14:00", until: "20:00" },
  ];
  expect(wordsOf(value("hours", hours), text, FORMATS)).toBe(
    "Mon–Fri 10:00–13:00, Mon Wed 14:00–20:00",
  );
});

test("a value that this page does not know is shown as it is", () => {
  expect(wordsOf(value("new_value", "strict"), fr, FORMATS)).toBe("strict");
});
