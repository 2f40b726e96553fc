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
