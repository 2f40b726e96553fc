import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError, api } from "@/api/client";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { ClassesPanel } from "./ClassesPanel";
import { HoldsPanel } from "./HoldsPanel";
import type { LegalHold, Retention } from "./types";

const AT = "2026-11-26T10:00:00.000Z";
const HOLD: LegalHold = {
  legal_hold_id: "h1",
  number: "+2290197000011",
  reason: "A lawsuit",
  user_name: "Mariam",
  created_at: AT,
  ended_at: null,
};
const RETENTION: Retention = {
  classes: [
    {
      data_class: "imports",
      days: 365,
      default_days: 365,
      least_days: 7,
      least_by: "",
      least_source: "",
    },
    {
      data_class: "consents",
      days: null,
      default_days: null,
      least_days: 1825,
      least_by: "FR",
      least_source: "Code de la consommation",
    },
  ],
  holds: [HOLD],
  runs: [],
  version: 4,
  updated_at: null,
};

afterEach(() => vi.restoreAllMocks());

function panel(part: Partial<Retention> = {}, mayWrite = true) {
  setLanguage("en");
  const changed = vi.fn();
  renderPage(
    <ClassesPanel retention={{ ...RETENTION, ...part }} mayWrite={mayWrite} onChanged={changed} />,
  );
  return changed;
}

test("only what changed is sent, with the version, and a refusal stands at its field", async () => {
  const patch = vi.spyOn(api, "patch").mockRejectedValue(
    new ApiError(422, "INVALID", "Wrong values.", null, {
      fields: [{ field: "days.imports", message: "At least 7 days." }],
    }),
  );
  const changed = panel();
  const days = screen.getByLabelText("Imports, their reports and files: Days");
  await userEvent.clear(days);
  await userEvent.type(days, "3");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(patch).toHaveBeenCalledWith("/retention", { version: 4, days: { imports: 3 } });
  expect(await screen.findByText("At least 7 days.")).toBeInTheDocument();
  expect(changed).not.toHaveBeenCalled();
});

test("no longer for ever begins at the least that the law allows", async () => {
  panel();
  expect(screen.getByText("at least 1825 days (FR)")).toBeInTheDocument();
  await userEvent.click(screen.getByLabelText("Consents and their proof: For ever"));
  expect(screen.getByLabelText("Consents and their proof: Days")).toHaveValue("1825 days");
});

test("what would go is told at its class, and that nothing would", async () => {
  const get = vi.spyOn(api, "get").mockResolvedValue({ counts: { imports: 12 } });
  panel();
  const count = screen.getByRole("button", { name: "Count what would go" });
  await userEvent.click(count);
  expect(await screen.findByText(/12 would go now/)).toBeInTheDocument();
  get.mockResolvedValue({ counts: { imports: 0 } });
  await userEvent.click(count);
  expect(await screen.findByText(/Nothing would go now/)).toBeInTheDocument();
});

test("while the whole organisation is held nothing can be removed by hand", () => {
  panel({ holds: [{ ...HOLD, number: null }] });
  expect(screen.getByRole("status")).toHaveTextContent("The whole organisation is held");
  expect(screen.getByRole("button", { name: "Remove now" })).toBeDisabled();
});

test("who may only read changes nothing", () => {
  panel({}, false);
  expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Remove now" })).toBeNull();
  expect(screen.getByLabelText("Consents and their proof: For ever")).toBeDisabled();
});

test("a hold begins for a number and ends with a reason", async () => {
  setLanguage("en");
  const post = vi.spyOn(api, "post").mockResolvedValue(HOLD);
  const changed = vi.fn();
  renderPage(<HoldsPanel holds={[HOLD]} mayWrite onChanged={changed} />);
  await userEvent.click(screen.getByRole("button", { name: "Hold" }));
  let dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("Number"), " 0197000012 ");
  await userEvent.type(within(dialog).getByLabelText(/Reason/), "A court asks");
  await userEvent.click(within(dialog).getByRole("button", { name: "Hold" }));
  expect(post).toHaveBeenCalledWith("/legal-holds", {
    number: "0197000012",
    reason: "A court asks",
  });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await userEvent.click(screen.getByRole("button", { name: "End" }));
  dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText(/Reason/), "Settled");
  await userEvent.click(within(dialog).getByRole("button", { name: "End" }));
  expect(post).toHaveBeenLastCalledWith("/legal-holds/h1/end", { reason: "Settled" });
  expect(changed).toHaveBeenCalledTimes(2);
}, 20_000);
