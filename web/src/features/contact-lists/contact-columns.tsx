/** The columns of a list as columns of the table of its contacts. */

import { Group, Text } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import type { Column, Contact } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import type { TableColumn } from "@/shared/DataTable";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import type fr from "./messages.fr";

/** More would not be read; the contact's own page has them all. */
const SHOWN = 7;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function value(contact: Contact, column: Column, date: (at: string) => string): string {
  const raw = contact.data[column.name] ?? "";
  if (column.kind === "phone") return formatNumber(raw);
  // At noon it is the same day in every zone where people are called.
  return column.kind === "date" && DAY.test(raw) ? date(`${raw}T12:00:00Z`) : raw;
}

export function contactColumns(
  columns: readonly Column[],
  t: typeof fr,
  date: (at: string) => string,
): TableColumn<Contact>[] {
  const shown = [...columns].sort((a, b) => a.position - b.position).slice(0, SHOWN);
  const phone = shown.findIndex((column) => column.kind === "phone");
  const cells = shown.map(
    (column, index): TableColumn<Contact> => ({
      key: column.name,
      header: column.label,
      sort: column.name,
      wide: index > 0 && index !== phone,
      ...(column.kind === "number" ? { align: "right" as const } : {}),
      render: (contact) => {
        const text = value(contact, column, date);
        if (index > 0) {
          return (
            <Text size="sm" truncate maw={240} className={column.kind === "phone" ? "tabular" : ""}>
              {text}
            </Text>
          );
        }
        return (
          <Group gap={6} wrap="nowrap">
            <TextLink to="/contacts/$contactId" params={{ contactId: contact.contact_id }} fw={560}>
              {text || t.contact.untitled}
            </TextLink>
            {!contact.callable && (
              <IconBan size={16} color="var(--kwabo-bad)" aria-label={t.page.uncallable} />
            )}
          </Group>
        );
      },
    }),
  );
  return [
    ...cells,
    {
      key: "callable",
      header: "",
      align: "right",
      wide: true,
      render: (contact) =>
        contact.callable ? null : (
          <Group justify="flex-end">
            <StatusBadge tone="bad">{t.page.uncallable}</StatusBadge>
          </Group>
        ),
    },
  ];
}
