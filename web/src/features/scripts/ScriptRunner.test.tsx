import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Column } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { ScriptRunner, type Situation } from "./ScriptRunner";
import type { Answers, ButtonBlock, ScriptDocument } from "./types";

const yes = {
  of: "answer",
  name: "accord",
  value_type: "STRING",
  operator: "EQUALS",
  value: "yes",
};
const SCRIPT = {
  pages: [
    {
      id: "un",
      title: "Accueil",
      next: [{ page: "deux", when: yes }, { page: "fin" }],
      blocks: [
        { type: "text", text: "Bonjour **{{nom}}**, {{solde}} F, [x](https://a.bj/{{solde}})" },
        { type: "field", id: "accord", label: "Accord", input: "yes_no", required: true },
        {
          type: "section",
          when: yes,
          blocks: [{ type: "field", id: "ville", label: "Ville", input: "text", column: "ville" }],
        },
        { type: "button", id: "stop", label: "Ne plus appeler", action: { type: "do_not_call" } },
      ],
    },
    { id: "deux", title: "Deux", next: "fin", blocks: [] },
    { id: "fin", title: "Fin", finish: true, blocks: [] },
  ],
} as unknown as ScriptDocument;

const column = (name: string, kind: string) => ({ name, label: name, kind }) as Column;
const SITUATION: Situation = {
  data: { nom: "<b>Sena</b>", solde: "53144.70", ville: "Cotonou" },
  columns: [column("nom", "text"), column("solde", "number"), column("ville", "text")],
  contactLanguage: "fr",
  campaign: "Relance",
  agent: { display_name: "Afi", language: "fr" },
  now: "2026-11-26T10:00",
};
const pressed: ButtonBlock[] = [];

function Walk() {
  const [answers, setAnswers] = useState<Answers>({});
  const [visited, setVisited] = useState(["un"]);
  return (
    <ScriptRunner
      document={SCRIPT}
      situation={SITUATION}
      page={visited.at(-1) ?? ""}
      visited={visited}
      answers={answers}
      onAnswer={(field, value) => setAnswers({ ...answers, [field.id]: value })}
      onPage={(page) => setVisited([...visited, page])}
      onButton={(button) => pressed.push(button)}
    />
  );
}

// The part with the Markdown parser comes late; on a busy machine later than a test waits.
beforeAll(async () => void (await import("./MarkdownText")), 60_000);
beforeEach(() => setLanguage("fr"));

test("values are read as people read them, and bring no HTML; links have them as they are kept", async () => {
  const { container } = renderPage(<Walk />);
  expect(await screen.findByText("<b>Sena</b>", {}, { timeout: 20_000 })).toBeVisible();
  expect(container.textContent).toContain("53\u202f144,70 F");
  expect(screen.getByRole("link", { name: "x" })).toHaveAttribute("href", "https://a.bj/53144.70");
});

test("answers decide what is seen and where the script goes on", async () => {
  renderPage(<Walk />);
  expect(screen.queryByLabelText("Ville")).toBeNull();
  await userEvent.click(screen.getByRole("radio", { name: "Oui" }));
  expect(screen.getByLabelText("Ville")).toHaveValue("Cotonou");
  await userEvent.click(screen.getByRole("button", { name: "Suivant" }));
  expect(screen.getByRole("heading", { name: "Deux" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Suivant" }));
  expect(screen.getByRole("heading", { name: "Fin" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Suivant" })).toBeNull();
});

test("a button is told to whoever runs the script", async () => {
  renderPage(<Walk />);
  await userEvent.click(screen.getByRole("button", { name: "Ne plus appeler" }));
  expect(pressed.at(-1)?.id).toBe("stop");
});
