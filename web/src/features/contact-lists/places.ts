/** Countries and time zones to choose from, from what the browser knows. */

import type { Language } from "@/api/types";

/** Two-letter codes that stand for no country with telephone numbers of its own. */
const NOT_COUNTRIES = new Set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split(" "));

export interface Choice {
  value: string;
  label: string;
}

const cache = new Map<Language, Choice[]>();

/** Countries by name. */
export function regions(language: Language): Choice[] {
  const kept = cache.get(language);
  if (kept) return kept;
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  const found: Choice[] = [];
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  for (const first of letters) {
    for (const second of letters) {
      const code = first + second;
      if (NOT_COUNTRIES.has(code) || new Intl.Locale(`und-${code}`).region !== code) continue;
      const name = names.of(code);
      if (name) found.push({ value: code, label: `${name} (${code})` });
    }
  }
  found.sort((a, b) => a.label.localeCompare(b.label, language));
  cache.set(language, found);
  return found;
}

export function regionName(code: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code;
}

/** IANA names; `chosen` is among them even if this browser does not know it. */
export function timeZones(chosen: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(chosen) || chosen === "" ? known : [chosen, ...known];
}

interface LocaleWithZones extends Intl.Locale {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

/** The zone of a country that has only one; null when it has several or the browser cannot tell. */
export function onlyZone(region: string): string | null {
  const locale: LocaleWithZones = new Intl.Locale(`und-${region}`);
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length === 1 ? (zones[0] ?? null) : null;
}
