/** What to call a contact: lists name their columns as they like. */

import type { Column, Contact } from "@/api/types";
import { formatNumber } from "@/formats/phone";

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");

const WHOLE =
  /^(name|full name|nom complet|nom et prenoms?|client|customer|raison sociale|company)$/;
const FIRST = /^(first name|firstname|given name|prenoms?)$/;
const LAST = /^(last name|lastname|surname|family name|nom|nom de famille)$/;

/** The name's columns in the order in which the name is said. */
export function nameColumns(columns: readonly Column[]): Column[] {
  const texts = columns.filter((column) => column.kind === "text");
  const find = (pattern: RegExp) =>
    texts.find((column) => pattern.test(plain(column.name)) || pattern.test(plain(column.label)));
  const whole = find(WHOLE);
  if (whole) return [whole];
  const parts = [find(FIRST), find(LAST)].filter((column) => column !== undefined);
  return parts.length > 0 ? parts : texts.slice(0, 1);
}

/** Its name; else the first text that is filled, its first number, its key; "" when it has none. */
export function contactName(contact: Contact, columns: readonly Column[]): string {
  const value = (column: Column) => (contact.data[column.name] ?? "").trim();
  const name = nameColumns(columns)
    .map(value)
    .filter((part) => part !== "")
    .join(" ");
  const first = columns.filter((column) => column.kind === "text").map(value);
  return (
    name ||
    first.find((text) => text !== "") ||
    formatNumber(contact.numbers[0]?.number) ||
    (contact.external_key ?? "")
  );
}
