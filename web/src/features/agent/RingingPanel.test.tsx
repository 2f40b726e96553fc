import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "@/api/client";
import type { Alert } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { agent, attempt } from "@/test/agents";
import { renderPage } from "@/test/render";
import type { Desk } from "./desk";
import { RingingPanel } from "./RingingPanel";
import { DeskContext } from "./useDesk";
import { ShortcutContext, useShortcutHandlers } from "./useShortcuts";

const command = vi.fn(async (_name: string, _body: unknown) => agent());
const desk = { command } as unknown as Desk;
const WAITING = attempt({ state: "answered", connected_at: null, agent_user_id: null });
const ALERT: Alert = {
  attempt_id: WAITING.attempt_id,
  contact_name: "Awa Dossou",
  number: WAITING.number,
  until: "2026-11-23T10:01:00.000Z",
  callback: false,
  caller: {
    called_number: "+2290121300100",
    label: "Sales",
    language: "fr",
    arrived_at: "2026-11-23T10:00:00.000Z",
    queue_id: "q1",
    queue_name: "Customers",
    queued_at: "2026-11-23T10:00:10.000Z",
    waited_seconds: null,
    way: [],
    results: {},
    recordings: [],
    outcome: "",
    routing: [],
  },
};

function Page({ silent = false }: { silent?: boolean }) {
  const handlers = useShortcutHandlers();
  return (
    <DeskContext.Provider value={desk}>
      <ShortcutContext.Provider value={handlers}>
        <RingingPanel
          agent={agent({ status: "alerting", attempt: WAITING, alert_until: ALERT.until })}
          attempt={WAITING}
          silent={silent}
        />
      </ShortcutContext.Provider>
    </DeskContext.Provider>
  );
}

beforeEach(() => {
  setLanguage("en");
  command.mockClear();
  vi.spyOn(api, "get").mockResolvedValue(ALERT);
});

test("who calls is shown, and Enter takes the call", async () => {
  const user = userEvent.setup();
  renderPage(<Page />);
  expect(await screen.findByRole("heading", { name: "Awa Dossou" })).toBeInTheDocument();
  expect(screen.getByText("Incoming call · Customers")).toBeInTheDocument();
  await user.keyboard("{Enter}");
  expect(command).toHaveBeenCalledWith("take", { attempt_id: "t1" });
});

test("a place that was kept is a callback, to be taken before its record is shown", async () => {
  vi.spyOn(api, "get").mockResolvedValue({ ...ALERT, callback: true });
  const user = userEvent.setup();
  renderPage(<Page />);
  expect(await screen.findByText("Promised callback · Customers")).toBeInTheDocument();
  expect(screen.getByText(/kept the place/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Take the callback" }));
  expect(command).toHaveBeenLastCalledWith("take", { attempt_id: "t1" });
});

test("Escape refuses without a reason, the menu with one", async () => {
  const user = userEvent.setup();
  renderPage(<Page />);
  await user.keyboard("{Escape}");
  expect(command).toHaveBeenLastCalledWith("refuse", { attempt_id: "t1", reason: null });
  await user.click(screen.getByRole("button", { name: "Refuse with a reason" }));
  await user.click(await screen.findByRole("menuitem", { name: "Not for me" }));
  expect(command).toHaveBeenLastCalledWith("refuse", { attempt_id: "t1", reason: "not_mine" });
});

test("a browser that keeps the page silent says so", () => {
  renderPage(<Page silent />);
  expect(screen.getByRole("button", { name: /sound/i })).toBeInTheDocument();
});
