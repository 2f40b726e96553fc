import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Explanation } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { ExplanationView } from "./ExplanationDrawer";
import { ExplanationLine } from "./ExplanationLine";
import { outlookOf } from "./explanation";

const LATER: Explanation = {
  callable: false,
  code: "RECALL_DELAY",
  message: "The delay before the next attempt has not passed.",
  next_attempt_at: "2026-11-23T13:30:00.000Z",
  checks: [
    { code: "DNC_LISTED", verdict: "allowed", retry_at: null, message: "No objection." },
    {
      code: "RECALL_DELAY",
      verdict: "later",
      retry_at: "2026-11-23T13:30:00.000Z",
      message: "The delay has not passed.",
    },
    { code: "NEW_RULE", verdict: "denied", retry_at: null, message: "" },
  ],
  number: null,
  zones: [],
};

test.each([
  [{ callable: true, code: "CALLABLE" }, "now"],
  [{}, "at"],
  [{ next_attempt_at: null }, "waiting"],
  [{ code: "DNC_LISTED", next_attempt_at: null }, "never"],
  [{ code: "DNC_LISTED" }, "at"],
  [{ code: "CAMPAIGN_NOT_RUNNING", next_attempt_at: null }, "waiting"],
] as const)("%o looks like %s", (part, outlook) => {
  expect(outlookOf({ ...LATER, ...part })).toBe(outlook);
});

test("the answer comes first, in the organisation's time, then every check with its verdict", () => {
  setLanguage("en");
  renderPage(<ExplanationView explanation={LATER} />);
  expect(screen.getByText("At the earliest 23 Nov 2026, 14:30")).toBeVisible();
  const checks = screen.getAllByRole("listitem").map((item) => item.textContent);
  expect(checks).toEqual([
    "Not on a DNC listNo objection.",
    "Recall delay overLaterThe delay has not passed. Possible from 23 Nov 2026, 14:30 on.",
    "NEW_RULERefusesRefuses",
  ]);
});

test("the next number is told when the contact can be called", () => {
  setLanguage("en");
  renderPage(
    <ExplanationView
      explanation={{ ...LATER, callable: true, code: "CALLABLE", number: "+2290197123456" }}
    />,
  );
  expect(screen.getByText("Can be called now")).toBeVisible();
  expect(screen.getByText("The next call will go to +229 01 97 12 34 56.")).toBeVisible();
});

test("beside a contact the reason is short, and the keyboard opens the rest", async () => {
  setLanguage("en");
  const open = vi.fn();
  renderPage(<ExplanationLine explanation={LATER} name="Koffi" onOpen={open} />);
  const button = screen.getByRole("button", { name: /^Recall delay .*See the checks of Koffi$/ });
  expect(button).toHaveTextContent("At the earliest 23 Nov 2026, 14:30");
  button.focus();
  await userEvent.keyboard("{Enter}");
  expect(open).toHaveBeenCalledOnce();
});
