/** Lengths of time as people say them: 900 → "15 min", 100000 → "1 d 3 h". */

import type { Language } from "@/api/types";

const UNITS = {
  fr: [
    [86400, "j"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
  ],
  en: [
    [86400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
  ],
} as const;

/** The two largest units that are there. */
export function formatSpan(seconds: number, language: Language): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [size, sign] of UNITS[language]) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${sign}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(" ") : "0 s";
}
