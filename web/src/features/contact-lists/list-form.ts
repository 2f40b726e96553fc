/** The form of a contact list as values, and what is sent for them. */

import type { Column, ColumnKind, ContactList, Organisation, ZoneSource } from "@/api/types";

export interface DraftColumn {
  /** Of the row on screen. */
  id: number;
  name: string;
  label: string;
  kind: ColumnKind;
  /** Of a time zone: the phone column whose numbers it is about; null: the contact. */
  phone_column: string | null;
}

export interface ListValues extends Record<string, unknown> {
  name: string;
  region: string;
  time_zone: string;
  zone_source: ZoneSource;
  columns: DraftColumn[];
  key_columns: string[];
}

export function emptyList(organisation: Organisation): ListValues {
  return {
    name: "",
    region: organisation.region,
    time_zone: organisation.time_zone,
    zone_source: "number_then_list",
    columns: [
      { id: 1, name: "nom", label: "Nom", kind: "text", phone_column: null },
      { id: 2, name: "mobile", label: "Mobile", kind: "phone", phone_column: null },
    ],
    key_columns: [],
  };
}

export function valuesOf(list: ContactList): ListValues {
  return {
    name: list.name,
    region: list.region,
    time_zone: list.time_zone,
    zone_source: list.zone_source,
    columns: [...list.columns]
      .sort((a, b) => a.position - b.position)
      .map(({ name, label, kind, phone_column = null }, index) => ({
        id: index + 1,
        name,
        label,
        kind,
        phone_column,
      })),
    key_columns: list.key_columns,
  };
}

/** The body of POST and PATCH: rows without a name are left out, labels default to the name. */
export function bodyOf(values: ListValues) {
  const phones = values.columns
    .filter((column) => column.kind === "phone")
    .map((column) => column.name.trim());
  const columns: Column[] = values.columns
    .filter((column) => column.name.trim() !== "")
    .map((column, position) => ({
      name: column.name.trim(),
      label: column.label.trim() || column.name.trim(),
      kind: column.kind,
      position,
      phone_column:
        column.kind === "time_zone" && phones.includes(column.phone_column ?? "")
          ? column.phone_column
          : null,
    }));
  const names = new Set(columns.map((column) => column.name));
  return {
    name: values.name.trim(),
    region: values.region,
    time_zone: values.time_zone,
    zone_source: values.zone_source,
    columns,
    key_columns: values.key_columns.filter((name) => names.has(name)),
  };
}
