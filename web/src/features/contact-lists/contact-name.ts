/** What a contact is called on screen: its names where the list has such columns. */

import type { Column, Contact } from "@/api/types";
import { formatNumber } from "@/formats/phone";

const NAME =
  /(^|[\s_])(nom|name|pr[ée]noms?|first|last|client|customer|contact|soci[ée]t[ée]|company)([\s_]|$)/i;

/** Up to two columns that name a person or company; else the first text columns that are filled. */
export function contactName(contact: Contact, columns: readonly Column[]): string {
  const texts = columns.filter((column) => column.kind === "text");
  const value = (column: Column) => (contact.data[column.name] ?? "").trim();
  const named = texts.filter(
    (column) => (NAME.test(column.name) || NAME.test(column.label)) && value(column) !== "",
  );
  const chosen =
    named.length > 0 ? named : texts.filter((column) => value(column) !== "").slice(0, 1);
  const words = chosen.slice(0, 2).map(value);
  if (words.length > 0) return words.join(" ");
  return formatNumber(contact.numbers[0]?.number) || (contact.external_key ?? "");
}
