/** What a person reads of the tables of a receipt. */
export type Group = "contacts" | "calls" | "consents" | "lists" | "reports" | "logs";

const GROUPS: Record<string, Group> = {
  contacts: "contacts",
  attempts: "calls",
  wrap_ups: "calls",
  callbacks: "calls",
  script_answers: "calls",
  voicemails: "calls",
  consents: "consents",
  dnc_entries: "lists",
  dnc_checks: "lists",
  dnc_replacements: "lists",
  import_rejections: "reports",
  imports: "reports",
  column_changes: "reports",
};
const ORDER: Group[] = ["contacts", "calls", "consents", "lists", "reports", "logs"];

/** Rows by group, in order; tables that nobody needs to tell apart are logs. */
export function grouped(counts: Record<string, number>): [Group, number][] {
  const sums = new Map<Group, number>();
  for (const [table, rows] of Object.entries(counts)) {
    const group = GROUPS[table] ?? "logs";
    sums.set(group, (sums.get(group) ?? 0) + rows);
  }
  return ORDER.flatMap((group): [Group, number][] => {
    const rows = sums.get(group) ?? 0;
    return rows > 0 ? [[group, rows]] : [];
  });
}
