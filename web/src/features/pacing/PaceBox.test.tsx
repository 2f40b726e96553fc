import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CampaignState, Pacing, StateReason } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { PaceBox } from "./PaceBox";

const PACING: Pacing = {
  mode: "predictive",
  reason: "DIALLING",
  target: 0.03,
  window: "day",
  live: 108,
  abandoned: 2,
  dialled: 180,
  figures: {
    ready: 2,
    waiting: 0,
    in_air: 0,
    answers_expected: 0,
    free_soon: 0.4,
    horizon: 5,
    risk: 0.01,
    risk_allowed: 0.02,
    answer_rate: 0.6,
    budget: 1.2,
    rate: 0.0185,
    rate_of_all: 0.011,
    pace: 0.8,
  },
};

function show(state: CampaignState, reason: StateReason) {
  setLanguage("en");
  renderPage(<PaceBox pacing={PACING} state={state} reason={reason} />);
}

test.each([
  ["running", "OUTSIDE_CALLABLE_TIME", /too early or too late/],
  ["running", "NO_AGENTS", /No agent of the queue/],
  ["pausing", "", /Nothing new is dialled/],
] as const)("who starts no call is not said to: %s %s", (state, reason, sentence) => {
  show(state, reason);
  expect(screen.getByText("No call is started")).toBeVisible();
  expect(screen.getByText(sentence)).toBeVisible();
  expect(screen.queryByText(/Kwabo is starting calls/)).toBeNull();
  expect(screen.queryByText(/per agent/)).toBeNull();
  expect(screen.getByText(/2 of 108/)).toBeVisible(); // the abandon rate stays
});

test.each(["", "NO_LINES", "TRUNK_CONGESTED"] as const)(
  "who starts some is said to: '%s'",
  (reason) => {
    show("running", reason);
    expect(screen.getByText(/Kwabo is starting calls/)).toBeVisible();
    expect(screen.queryByText("No call is started")).toBeNull();
  },
);
