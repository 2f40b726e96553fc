import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { setLanguage } from "@/i18n/language";
import { renderPage, SESSION } from "@/test/render";
import { PaceControls } from "./PaceControls";

const CAMPAIGN = {
  campaign_id: "c1",
  mode: "progressive",
  abandon_target: 0.03,
  calls_per_agent: 1.5,
  version: 4,
};
const EDITOR = { ...SESSION, permissions: ["campaigns.write"] } as typeof SESSION;

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const stale = () =>
  answer(409, { error: { code: "STALE_VERSION", message: "Changed meanwhile." } });

/** Answers requests in turn; GETs give the campaign as it is by then. */
function serve(patches: Response[]) {
  const sent: unknown[] = [];
  let version = CAMPAIGN.version;
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    if (init.method === "GET") return answer(200, { ...CAMPAIGN, version });
    sent.push(JSON.parse(String(init.body)));
    version += 1;
    return patches.shift();
  });
  return sent;
}

async function open() {
  setLanguage("en");
  renderPage(<PaceControls campaignId="c1" name="Loyalty" />, EDITOR);
  await userEvent.click(screen.getByRole("button", { name: "Set the pace of Loyalty" }));
  await screen.findByRole("radio", { name: "Predictive" });
}

test("who may not change campaigns finds no button", () => {
  setLanguage("en");
  renderPage(<PaceControls campaignId="c1" name="Loyalty" />);
  expect(screen.queryByRole("button")).toBeNull();
});

test("mode and limit are sent with the version that was seen", async () => {
  const sent = serve([answer(200, CAMPAIGN)]);
  await open();
  await userEvent.click(screen.getByRole("radio", { name: "Predictive" }));
  const limit = screen.getByRole("textbox", { name: "Abandon target" });
  await userEvent.clear(limit);
  await userEvent.click(screen.getByRole("button", { name: "Apply" }));
  expect(screen.getByText("Fill in or choose.")).toBeVisible();
  expect(sent).toEqual([]);
  await userEvent.type(limit, "2.5");
  await userEvent.click(screen.getByRole("button", { name: "Apply" }));
  await waitFor(() =>
    expect(sent).toEqual([{ mode: "predictive", abandon_target: 0.025, version: 4 }]),
  );
  await waitFor(() => expect(screen.queryByRole("radio")).toBeNull());
});

test("after somebody else's change nothing is overwritten until it has been seen", async () => {
  const sent = serve([stale(), answer(200, CAMPAIGN)]);
  await open();
  await userEvent.click(screen.getByRole("radio", { name: "Power" }));
  await userEvent.click(screen.getByRole("button", { name: "Apply" }));
  await userEvent.click(await screen.findByRole("button", { name: "Reload the current version" }));
  await waitFor(() => expect(screen.getByRole("radio", { name: "Progressive" })).toBeChecked());
  await userEvent.click(screen.getByRole("radio", { name: "Power" }));
  await userEvent.click(screen.getByRole("button", { name: "Apply" }));
  await waitFor(() =>
    expect(sent).toEqual([
      { mode: "power", calls_per_agent: 1.5, version: 4 },
      { mode: "power", calls_per_agent: 1.5, version: 5 },
    ]),
  );
});
