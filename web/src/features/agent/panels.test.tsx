import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Column, Contact } from "@/api/types";
import { cleanScript } from "@/features/scripts/clean";
import { setLanguage } from "@/i18n/language";
import { contactName } from "@/shared/contact-name";
import { card } from "@/test/agents";
import { renderPage } from "@/test/render";
import { dialable } from "./dialable";
import { ScriptPanel } from "./ScriptPanel";

test.each([
  ['<img src=x onerror="alert(1)">', ""],
  ["<script>alert(1)</script>hello", "hello"],
  ['<p onclick="alert(1)" style="position:fixed">hello</p>', "<p>hello</p>"],
  [
    '<a href="javascript:alert(1)">hello</a>',
    '<a target="_blank" rel="noopener noreferrer">hello</a>',
  ],
  ["<iframe src='//elsewhere'></iframe><em>hello</em>", "<em>hello</em>"],
  ['<svg><use href="//elsewhere"/></svg>', ""],
  ["<form action='//elsewhere'><input name=a>hello</form>", "hello"],
])("a script cannot load or run anything: %s", (html, clean) => {
  expect(cleanScript(html)).toBe(clean);
});

test("a script's link opens beside the desk", () => {
  expect(cleanScript('<a href="https://kwabo.example/offer" target="_self">offer</a>')).toBe(
    '<a href="https://kwabo.example/offer" target="_blank" rel="noopener noreferrer">offer</a>',
  );
});

test("a script is shown as it was written", () => {
  setLanguage("en");
  renderPage(<ScriptPanel html="<h3>Hello</h3><p>Dear <strong>Koffi</strong></p>" />);
  expect(screen.getByText("Koffi").tagName).toBe("STRONG");
});

const column = (name: string, label = name, kind: Column["kind"] = "text"): Column => ({
  name,
  label,
  kind,
  position: 0,
});
const contact = (data: Record<string, string>): Contact => ({ ...card().contact, data });

test.each([
  [["Nom", "Prénoms"], { Nom: "Houessou", Prénoms: "Koffi" }, "Koffi Houessou"],
  [["first_name", "last_name"], { first_name: "Koffi", last_name: "" }, "Koffi"],
  [["account", "full name"], { account: "12", "full name": "K. Houessou" }, "K. Houessou"],
  [["ville"], { ville: "Parakou" }, "Parakou"],
  [[], {}, "+229 01 97 12 34 56"],
])("columns %j name a contact", (names, data, name) => {
  const columns = (names as string[]).map((one) => column(one));
  expect(contactName(contact(data as Record<string, string>), columns)).toBe(name);
});

test.each([
  ["+229 01 97 12 34 56", "+2290197123456"],
  ["00229 01.97.12.34.56", "+2290197123456"],
  ["(01) 97-12", "019712"],
])("%s is dialled as %s", (typed, number) => {
  expect(dialable(typed)).toBe(number);
});
