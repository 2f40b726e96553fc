import { expect, test } from "vitest";
import type { KnownLanguage, LibraryPrompt, Variant } from "@/features/prompts/types";
import { heardIn, languagesOf, spokenInstead } from "./spoken";
import type { Incident } from "./types";

const language = (code: string, speech: boolean, used = true) =>
  ({ language: code, speech, used }) as KnownLanguage;
const KNOWN = [
  language("fr", true),
  language("en", true, false),
  language("fon", false),
  language("bba", false),
];

test("the form has the languages that are used, and those that have words", () => {
  const incident = {
    texts: { yo: "Ìdádúró." },
    over_texts: { fr: "Fini." },
  } as unknown as Incident;
  expect(languagesOf(incident, ["fr", "fon"])).toEqual(["fr", "fon", "yo"]);
  expect(languagesOf(null, ["fr"])).toEqual(["fr"]);
});

test("words that no engine speaks are heard in a language that one speaks, or not at all", () => {
  const words = { fr: "Panne.", fon: "Wa.", en: " " };
  expect(spokenInstead("fr", words, KNOWN)).toBeNull();
  expect(spokenInstead("fon", words, KNOWN)).toBe("fr");
  expect(spokenInstead("bba", words, KNOWN)).toBeNull();
  expect(spokenInstead("fon", { fon: "Wa." }, KNOWN)).toBe("");
});

test("a prompt is heard where it is recorded, or written where an engine speaks", () => {
  const variant = (code: string, medium: Variant["medium"], state: Variant["state"] = "approved") =>
    ({ language: code, medium, state }) as Variant;
  const prompt = {
    variants: [
      variant("fr", "text"),
      variant("fon", "text"),
      variant("bba", "recorded", "draft"),
      variant("en", "recorded"),
    ],
  } as LibraryPrompt;
  expect(heardIn(prompt, KNOWN)).toEqual({ heard: ["fr"], lacks: ["fon", "bba"] });
  const all = { variants: [...prompt.variants, variant("fon", "recorded")] } as LibraryPrompt;
  expect(heardIn(all, KNOWN)).toEqual({ heard: ["fr", "fon"], lacks: ["bba"] });
});
