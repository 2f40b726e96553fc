/** Which columns of a file say who consented: as the form has it, and as the API takes it. */

import type { ConsentColumns, ConsentRole } from "@/api/types";

export const ROLES: readonly ConsentRole[] = [
  "given",
  "at",
  "how",
  "proof",
  "reference",
  "withdrawn_at",
  "valid_until",
  "purpose",
  "channel",
];

export const NO_CONSENT: ConsentColumns = {
  columns: {},
  purpose: "prospecting",
  channel: "voice",
  how: "",
};

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();

/** Columns that, by their names, say who consented; the first that fits is taken for each role. */
export function guessedConsent(header: readonly string[]): ConsentColumns {
  const found = header.filter((name) => /consent|accord|opt.?in|autoris/.test(plain(name)));
  const first = (pattern: RegExp) => found.find((name) => pattern.test(plain(name)));
  const withdrawn = first(/retrait|withdraw|revo/);
  const at = found.find(
    (name) => name !== withdrawn && /\b(date|le|on|at|quand|when)\b/.test(plain(name)),
  );
  const how = first(/source|origine|moyen|canal|comment|how|origin/);
  const proof = first(/preuve|texte|proof|wording/);
  const others = new Set([withdrawn, at, how, proof]);
  const given = found.find((name) => !others.has(name));
  const columns: ConsentColumns["columns"] = {};
  if (given) columns.given = given;
  if (at) columns.at = at;
  if (how) columns.how = how;
  if (proof) columns.proof = proof;
  if (withdrawn) columns.withdrawn_at = withdrawn;
  return { ...NO_CONSENT, columns };
}

export type ConsentProblem = "NO_STATEMENT" | "NO_DATE" | "NO_HOW" | "NO_PURPOSE";

export function withRole(
  consent: ConsentColumns,
  role: ConsentRole,
  source: string | null,
): ConsentColumns {
  const { [role]: _, ...others } = consent.columns;
  return { ...consent, columns: source ? { ...others, [role]: source } : others };
}

/** What is missing before rows can be read; null columns: nothing is read of consent. */
export function consentProblems(consent: ConsentColumns | null): ConsentProblem[] {
  if (consent === null) return [];
  const { given, at, withdrawn_at, how } = consent.columns;
  const found: ConsentProblem[] = [];
  if (!given && !at && !withdrawn_at) found.push("NO_STATEMENT");
  if (given && !at) found.push("NO_DATE");
  if ((given || at) && !how && consent.how.trim() === "") found.push("NO_HOW");
  if (consent.purpose.trim() === "") found.push("NO_PURPOSE");
  return found;
}

/** For the body of a mapping; columns that the file lacks are left out. */
export function consentPart(
  consent: ConsentColumns | null,
  header: readonly string[] | null,
): { consent?: ConsentColumns } {
  if (consent === null) return {};
  const entries = Object.entries(consent.columns).filter(
    ([, source]) => source !== "" && (header === null || header.includes(source)),
  );
  return {
    consent: {
      columns: Object.fromEntries(entries),
      purpose: consent.purpose.trim(),
      channel: consent.channel,
      how: consent.how.trim(),
    },
  };
}
