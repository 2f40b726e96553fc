/** What callers of each language hear of an incident. */

import type { KnownLanguage, LibraryPrompt } from "@/features/prompts/types";
import type { Incident } from "./types";

/** The languages of the form: those that are used, and those in which the incident has words. */
export const languagesOf = (incident: Incident | null, used: readonly string[]): string[] => [
  ...new Set([
    ...used,
    ...Object.keys(incident?.texts ?? {}),
    ...Object.keys(incident?.over_texts ?? {}),
  ]),
];

/**
 * The language in which callers of `language` hear the words instead, because no engine speaks
 * it; "": they hear nothing; null: there is nothing to be told, the words are spoken or empty.
 */
export function spokenInstead(
  language: string,
  texts: Record<string, string>,
  known: readonly KnownLanguage[],
): string | null {
  const speaks = (code: string) => known.find((one) => one.language === code)?.speech ?? false;
  if (!texts[language]?.trim() || speaks(language)) return null;
  const others = known.map((one) => one.language).filter((code) => texts[code]?.trim());
  return others.find(speaks) ?? "";
}

/** The used languages in which a prompt is heard, and those in which it is not. */
export function heardIn(prompt: LibraryPrompt, known: readonly KnownLanguage[]) {
  const heard: string[] = [];
  const lacks: string[] = [];
  for (const { language, used, speech } of known) {
    if (!used) continue;
    const approved = prompt.variants.filter(
      (one) => one.language === language && one.state === "approved",
    );
    const said = approved.some((one) => one.medium === "recorded" || speech);
    (said ? heard : lacks).push(language);
  }
  return { heard, lacks };
}
