import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { WhatIf } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { WhatIfPanel } from "./WhatIfPanel";

const RUNNING = {
  what_if_id: "w1",
  campaign_id: "c1",
  kind: "replay",
  settings: { kind: "replay", day: "2026-11-23", mode: null, agents: null },
  state: "running",
  progress: 0.42,
  error: null,
  result: null,
} as unknown as WhatIf;
const COMPLETE = {
  ...RUNNING,
  state: "complete",
  progress: 1,
  result: {
    recorded: { person: 5, busy: 3 },
    replayed: { person: 5, busy: 2 },
    abandoned: { recorded: 1, replayed: 1 },
    live_answers: { recorded: 5, replayed: 5 },
    conversations: { recorded: 4, replayed: 4 },
    exact: false,
    settings_changed: ["mode"],
  },
} as WhatIf;

function serve(answers: Record<string, unknown>) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const call = `${init.method} ${url.replace("/api/v1", "")}`;
    asked.push(call);
    return new Response(JSON.stringify(answers[call] ?? {}), { status: 200 });
  });
  return asked;
}

test("it is followed until it ends, then shows what came of it", async () => {
  setLanguage("en");
  serve({ "GET /what-ifs/w1": COMPLETE });
  renderPage(<WhatIfPanel listed={RUNNING} mayWrite={false} />);
  expect(screen.getByText("Computing: 42%.")).toBeVisible();
  expect(
    await screen.findByText("Played again, the day does not give the same numbers."),
  ).toBeVisible();
  expect(screen.getByText("Played with other settings: mode.")).toBeVisible();
  expect(screen.getByRole("row", { name: "Busy 3 2 −1" })).toBeVisible();
  expect(screen.getByRole("row", { name: "All calls 8 7 −1" })).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

test("one under way can be cancelled, one that has ended can be deleted", async () => {
  setLanguage("en");
  const asked = serve({ "GET /what-ifs/w1": RUNNING });
  const page = renderPage(<WhatIfPanel listed={RUNNING} mayWrite />);
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(asked).toContain("POST /what-ifs/w1/cancel"));
  page.unmount();
  renderPage(<WhatIfPanel listed={COMPLETE} mayWrite />);
  expect(screen.getByRole("button", { name: "Delete" })).toBeVisible();
});

test("a failure says why", () => {
  setLanguage("en");
  const failed = { ...RUNNING, state: "failed", error: "The campaign was deleted." } as WhatIf;
  renderPage(<WhatIfPanel listed={failed} mayWrite={false} />);
  expect(screen.getByRole("alert")).toHaveTextContent("The campaign was deleted.");
});
