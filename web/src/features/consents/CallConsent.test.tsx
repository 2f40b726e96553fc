import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { api } from "@/api/client";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { CallConsent } from "./CallConsent";

test("a withdrawal in the call is sent for all purposes", async () => {
  setLanguage("en");
  const post = vi.spyOn(api, "post").mockResolvedValue({ items: [] });
  renderPage(<CallConsent attemptId="a1" />);
  fireEvent.click(screen.getByRole("button", { name: "Consent" }));
  fireEvent.click(await screen.findByText("The person withdraws consent"));
  const said = await screen.findByLabelText("What the person said");
  fireEvent.change(said, { target: { value: "Stop calling me" } });
  fireEvent.click(screen.getByRole("button", { name: "Note" }));
  await waitFor(() =>
    expect(post).toHaveBeenCalledWith("/agent/consents", {
      attempt_id: "a1",
      kind: "withdrawn",
      purpose: "*",
      proof: "Stop calling me",
    }),
  );
}, 20_000);
