import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { DiagnosisView } from "./DiagnosisTab";
import type { Diagnosis } from "./types";

const AT = "2026-11-26T10:00:00.000Z";
const DIAGNOSIS: Diagnosis = {
  campaign_id: "c1",
  contact_list_id: "l1",
  at: AT,
  state: "running",
  state_reason: "",
  contacts: 1200,
  next_attempt_at: AT,
  findings: [
    {
      code: "NO_AGENT_AT_WORK",
      severity: "stops",
      message: "No agent of the queue is at work.",
      contacts: 0,
      share: 0,
      place: "agents",
      until: null,
    },
  ],
  buckets: [
    { group: "due", code: "DUE", message: "Their time.", contacts: 300, next_attempt_at: null },
    { group: "later", code: "HOLIDAY", message: "Closed.", contacts: 900, next_attempt_at: AT },
  ],
  ahead: { looked_at: 0, kept_out: 0, reasons: [] },
  agents: { total: 0, at_work: 0, statuses: {} },
  lines: { total: 5, used: 5, used_here: 5, set_aside: 0, free: 0, wanted: 0 },
  pacing_reason: "",
};

test("the table has each bucket and the whole list; links need their permission", async () => {
  setLanguage("en");
  const refresh = vi.fn();
  renderPage(<DiagnosisView diagnosis={DIAGNOSIS} counting={false} onRefresh={refresh} />);
  const rows = within(screen.getByRole("table", { name: "Where each contact stands" }))
    .getAllByRole("row")
    .map((row) => row.textContent);
  expect(rows).toHaveLength(4);
  expect(rows[1]).toContain("300");
  expect(rows[2]).toContain("75%");
  expect(rows[3]).toContain("1,200");
  expect(screen.getByText(/No agent of the queue is at work/)).toBeInTheDocument();
  expect(screen.queryByRole("link")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Count again" }));
  expect(refresh).toHaveBeenCalledOnce();
});

test("an empty list says so in place of the table", () => {
  setLanguage("en");
  const empty = { ...DIAGNOSIS, contacts: 0, buckets: [], findings: [] };
  renderPage(<DiagnosisView diagnosis={empty} counting={false} onRefresh={() => {}} />);
  expect(screen.getByText("The list is empty")).toBeInTheDocument();
  expect(screen.queryByRole("table")).toBeNull();
});

test("the next contacts are told by the rule that objects to them", () => {
  setLanguage("en");
  const finding = {
    code: "NEXT_KEPT_OUT",
    severity: "slows" as const,
    message: "The next contacts cannot be called now.",
    contacts: 40,
    share: 0.8,
    place: "" as const,
    until: null,
  };
  const ahead = {
    looked_at: 50,
    kept_out: 40,
    reasons: [
      { code: "CONSENT_MISSING", message: "No consent.", contacts: 40, next_attempt_at: null },
    ],
  };
  const diagnosis = { ...DIAGNOSIS, findings: [finding], ahead };
  renderPage(<DiagnosisView diagnosis={diagnosis} counting={false} onRefresh={() => {}} />);
  expect(screen.getByText("40 of the next 50 contacts.")).toBeInTheDocument();
  const rows = within(screen.getByRole("table", { name: "The next contacts" }))
    .getAllByRole("row")
    .map((row) => row.textContent);
  expect(rows[1]).toContain("Can be called now.10");
  expect(rows[2]).toContain("No consent.4080%");
});
