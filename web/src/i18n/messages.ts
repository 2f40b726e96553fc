/**
 * Typed message catalogues. A message is a string, or a function when it needs values; French is
 * written first and gives the type, English must match it:
 *
 *     // messages.fr.ts                       // messages.en.ts
 *     const fr = {                            import type fr from "./messages.fr";
 *       title: "Listes",                      const en: Like<typeof fr> = { … };
 *       rows: (n: number) => `${n} lignes`,   export default en;
 *     };
 *     export default fr;
 *
 *     // messages.ts
 *     export const useText = catalogue({ fr, en });
 */

import type { Language } from "@/api/types";
import { useLanguage } from "./language";

/** The same keys with the same parameters, other words. */
export type Like<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Like<T[K]>;
};

export function catalogue<T>(texts: { fr: T; en: Like<T> }): () => T {
  const byLanguage: Record<Language, T> = { fr: texts.fr, en: texts.en as unknown as T };
  return () => byLanguage[useLanguage()];
}

/** French: one for 0 and 1. English: one for 1 only. */
/** The word for so many; a count may come as it is written ("1 234"). */
export const pluralFr = (n: number | string, one: string, many: string) =>
  (typeof n === "string" ? n === "0" || n === "1" : Math.abs(n) < 2) ? one : many;
export const pluralEn = (n: number | string, one: string, many: string) =>
  (typeof n === "string" ? n === "1" : Math.abs(n) === 1) ? one : many;
