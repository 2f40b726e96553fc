import { expect, test } from "vitest";
import { renderScript } from "./script-html";

const columns = [{ name: "nom", label: "Nom du client", kind: "text" as const, position: 0 }];

test("placeholders take the contact's values, as text", () => {
  expect(renderScript("Bonjour **{{ nom }}**", { nom: "<b>Koffi & *Fils*</b>" }, columns)).toBe(
    '<p>Bonjour <strong><span class="value">&#60;b&#62;Koffi &#38; *Fils*&#60;/b&#62;</span></strong></p>\n',
  );
});

test("a value that is missing is marked with the column's label", () => {
  expect(renderScript("{{nom}} {{ville}}", { nom: " " }, columns)).toBe(
    '<p><mark class="missing">Nom du client</mark> <mark class="missing">ville</mark></p>\n',
  );
});

test("HTML in the script is text, single braces stay, lines break", () => {
  expect(renderScript("<i>x</i> {nom}\nici", {}, columns)).toBe(
    "<p>&lt;i&gt;x&lt;/i&gt; {nom}<br />\nici</p>\n",
  );
});

test("French signs stay with the word before them", () => {
  const html = renderScript("« Solde » de {{nom}} : avez-vous deux minutes ?", {}, columns);
  expect(html).toContain("«\u00a0Solde\u00a0» de");
  expect(html).toContain("\u00a0: avez-vous deux minutes\u00a0?");
});
