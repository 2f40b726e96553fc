import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Progress } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { ProgressView } from "./ProgressTab";

const PROGRESS: Progress = {
  campaign_id: "c",
  contacts: 19,
  untouched: 18,
  open: 0,
  in_progress: 0,
  finished: 1,
  attempts: 1,
  results: { person: 13 },
  wrap_ups: [],
  answered: 13,
  abandoned: 1,
  connect_rate: 13,
  abandon_rate: 1 / 13,
  next_attempt_at: null,
  answer_to_agent_seconds: null,
};

test("a campaign of callers tells no contact rate, and its results before it has dialled", () => {
  setLanguage("fr");
  renderPage(<ProgressView progress={{ ...PROGRESS, attempts: 0 }} target={0.03} inbound />);
  expect(screen.queryByText("Taux de contact")).toBeNull();
  expect(screen.queryByText("De la liste au succès")).toBeNull();
  expect(screen.getByText("Appels passés")).toBeDefined();
  expect(screen.getByText("Personne")).toBeDefined();
  expect(screen.getByText(/7,7/)).toBeDefined();
});

test("a campaign that dials tells its contact rate and its way to success", () => {
  setLanguage("fr");
  renderPage(<ProgressView progress={{ ...PROGRESS, attempts: 20 }} target={0.03} />);
  expect(screen.getByText("Taux de contact")).toBeDefined();
  expect(screen.getByText("De la liste au succès")).toBeDefined();
});
