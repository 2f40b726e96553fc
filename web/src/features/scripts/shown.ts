/** Values as somebody reads them aloud: the same as domain/scripts/shown.py. */

import { formatNumber } from "@/formats/phone";

const MONTHS = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  en: "January February March April May June July August September October November December",
};

export function shown(kind: string, value: string, language: string): string {
  const text = value.trim();
  const french = language === "fr";
  if (kind === "date") return shownDate(text, french);
  if (kind === "number") return shownNumber(text, french);
  if (kind === "phone") return formatNumber(text);
  return text;
}

function shownDate(text: string, french: boolean): string {
  const match = /^(\d{4})-(0[1-9]|1[0-2])-([0-3]\d)(?:T([0-2]\d:[0-5]\d)(?::\d{2})?)?$/.exec(text);
  if (match === null) return text;
  const [, year, month, day, clock] = match;
  const name = (french ? MONTHS.fr : MONTHS.en).split(" ")[Number(month) - 1] ?? "";
  const ordinal = french && Number(day) === 1 ? "er" : "";
  const written = `${Number(day)}${ordinal} ${name} ${Number(year)}`;
  return clock === undefined ? written : `${written} ${french ? "à" : "at"} ${clock}`;
}

/** Whole numbers of up to four digits may be years: they are not grouped. */
function shownNumber(text: string, french: boolean): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign, whole = "", fraction] = match;
  const grouped =
    whole.length > 4 || fraction !== undefined
      ? whole.replace(/\B(?=(\d{3})+$)/g, french ? "\u202f" : ",")
      : whole;
  const decimals = fraction === undefined ? "" : `${french ? "," : "."}${fraction}`;
  return `${sign === "-" ? "−" : ""}${grouped}${decimals}`;
}
