import { useForm } from "@mantine/form";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "@/api/client";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { ROUTING } from "@/test/routing";
import { ArrivalSection } from "./ArrivalSection";
import { bodyOf, type RoutingValues, valuesOf } from "./routing-form";

const PROMPTS = [
  { key: "accueil_file", name: "Annonce de la file" },
  { key: "merci", name: "Merci d’avoir attendu" },
];

beforeEach(() => {
  setLanguage("fr");
  vi.spyOn(api, "get").mockResolvedValue({ items: PROMPTS, next_cursor: null });
});

function Section({ whisper, onSent }: { whisper: string; onSent: (sent: unknown) => void }) {
  const kept = { ...ROUTING, settings: { ...ROUTING.settings, whisper_prompt: whisper } };
  const form = useForm<RoutingValues>({ initialValues: valuesOf(kept) });
  return (
    <>
      <ArrivalSection form={form} readOnly={false} />
      <button type="button" onClick={() => onSent(bodyOf(form.values, 1).settings.whisper_prompt)}>
        Envoyer
      </button>
    </>
  );
}

test("the announcement to the agent is chosen by the prompt's name and sent by its key", async () => {
  const sent = vi.fn();
  renderPage(<Section whisper="" onSent={sent} />);
  await userEvent.click(screen.getByRole("combobox", { name: "Annonce à l’agent" }));
  await userEvent.click(await screen.findByRole("option", { name: "Annonce de la file" }));
  await userEvent.click(screen.getByRole("button", { name: "Envoyer" }));
  expect(sent).toHaveBeenLastCalledWith("accueil_file");
});

test("one that is kept is shown by its name, and can be taken away", async () => {
  const sent = vi.fn();
  renderPage(<Section whisper="merci" onSent={sent} />);
  expect(await screen.findByDisplayValue("Merci d’avoir attendu")).toBeInTheDocument();
  const clear = document.querySelector(".mantine-InputClearButton-root");
  await userEvent.click(clear as HTMLButtonElement);
  await userEvent.click(screen.getByRole("button", { name: "Envoyer" }));
  expect(sent).toHaveBeenLastCalledWith("");
});
