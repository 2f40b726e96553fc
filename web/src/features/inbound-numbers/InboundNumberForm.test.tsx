import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiError, api } from "@/api/client";
import type { InboundNumber } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage, SESSION } from "@/test/render";
import { InboundNumberForm } from "./InboundNumberForm";

const NUMBER: InboundNumber = {
  inbound_number_id: "n1",
  number: "+2290121300100",
  label: "After-sales",
  flow_id: "f1",
  campaign_id: "c1",
  active: true,
  version: 4,
  created_at: "2026-11-01T08:00:00.000Z",
  updated_at: "2026-11-01T08:00:00.000Z",
};
const ANSWERS: Record<string, unknown[]> = {
  "/flows": [
    { flow_id: "f1", name: "Welcome", published_version: 2 },
    { flow_id: "f2", name: "Incidents", published_version: null },
  ],
  "/campaigns": [
    { campaign_id: "c1", name: "Callers", mode: "inbound" },
    { campaign_id: "c2", name: "Renewals", mode: "power" },
  ],
};

beforeEach(() => {
  vi.restoreAllMocks();
  setLanguage("en");
  vi.spyOn(api, "get").mockImplementation(
    (path) => Promise.resolve({ items: ANSWERS[path] ?? [] }) as never,
  );
});

const show = (number: InboundNumber | null, onClose = vi.fn()) =>
  renderPage(<InboundNumberForm number={number} onClose={onClose} />, SESSION);

test("offers the flows, drafts marked, and inbound campaigns alone", async () => {
  show(null);
  await userEvent.click(screen.getByRole("combobox", { name: /Flow that answers/ }));
  expect(await screen.findByText("Incidents (draft)")).toBeDefined();
  await userEvent.click(screen.getByRole("combobox", { name: /Inbound campaign/ }));
  expect(await screen.findByText("Callers")).toBeDefined();
  expect(screen.queryByText("Renewals")).toBeNull();
}, 20_000);

test("what is missing is said before anything is sent", async () => {
  const post = vi.spyOn(api, "post");
  show(null);
  await userEvent.click(screen.getByRole("button", { name: "Create" }));
  expect(screen.getByLabelText(/^Number/)).toHaveAttribute("aria-invalid", "true");
  expect(post).not.toHaveBeenCalled();
}, 20_000);

test("a change names the version that was read", async () => {
  const patch = vi.spyOn(api, "patch").mockResolvedValue(NUMBER);
  const closed = vi.fn();
  show(NUMBER, closed);
  await userEvent.click(screen.getByRole("switch", { name: /Take calls/ }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(closed).toHaveBeenCalledOnce());
  expect(patch).toHaveBeenCalledWith(
    "/inbound-numbers/n1",
    expect.objectContaining({ active: false, version: 4, flow_id: "f1", campaign_id: "c1" }),
  );
}, 20_000);

test("a refusal stands at its field", async () => {
  const message = "This flow is a draft only: publish it first, or switch the number off.";
  const fields = [{ field: "flow_id", code: "FLOW_UNPUBLISHED", message }];
  vi.spyOn(api, "patch").mockRejectedValue(
    new ApiError(422, "INVALID", "Correct the fields.", null, { fields }),
  );
  show(NUMBER);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(message)).toBeVisible();
}, 20_000);
