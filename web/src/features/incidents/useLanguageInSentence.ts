import type { KnownLanguage } from "@/features/prompts/types";
import { useLanguageName } from "@/features/prompts/usePrompts";
import { useLanguage } from "@/i18n/language";

/** Names of languages as they stand within a sentence; the code of one that nobody knows. */
export function useLanguageInSentence(known: readonly KnownLanguage[]) {
  const page = useLanguage();
  const nameOf = useLanguageName();
  return (language: string): string => {
    const found = known.find((one) => one.language === language);
    if (!found) return language;
    return page === "fr" ? nameOf(found).toLocaleLowerCase("fr") : nameOf(found);
  };
}
