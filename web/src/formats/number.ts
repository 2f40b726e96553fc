/** Counts and rates for people. */

import type { Language } from "@/api/types";

const locale = (language: Language) => (language === "fr" ? "fr-FR" : "en-GB");

export function formatCount(value: number, language: Language): string {
  return new Intl.NumberFormat(locale(language)).format(value);
}

/** A rate 0–1 as a percentage: 0.1234 → "12.3 %". */
export function formatRate(rate: number, language: Language): string {
  return new Intl.NumberFormat(locale(language), {
    style: "percent",
    maximumFractionDigits: 1,
  }).format(rate);
}

export function formatBytes(bytes: number, language: Language): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale(language), {
    style: "unit",
    unit: units[unit] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: unit === 0 ? 0 : 1,
  }).format(value);
}

/** With at most `digits` digits behind the point. */
export function formatDecimal(value: number, language: Language, digits = 2): string {
  return new Intl.NumberFormat(locale(language), { maximumFractionDigits: digits }).format(value);
}
