/** What the dialogs of the columns page send, as pure functions. */

import type { Column, ColumnKind } from "@/api/types";
import type { ChangeKind } from "@/api/types/lists";

export interface ChangeValues extends Record<string, unknown> {
  name: string;
  label: string;
  column_kind: ColumnKind;
  default: string;
}

export function initialValues(kind: ChangeKind, column: Column | null): ChangeValues {
  return {
    name: column?.name ?? "",
    label: kind === "add" ? "" : (column?.label ?? ""),
    column_kind: column?.kind ?? "text",
    default: "",
  };
}

/** Whether the column would stay as it is. */
export function changesNothing(kind: ChangeKind, column: Column | null, values: ChangeValues) {
  if (column === null) return false;
  if (kind === "kind") return values.column_kind === column.kind;
  if (kind === "rename") return values.name.trim() === column.name;
  return kind === "label" && values.label.trim() === column.label;
}

/** Only what the kind of change needs. */
export function changeBody(
  kind: ChangeKind,
  column: Column | null,
  version: number,
  values: ChangeValues,
) {
  const base = { kind, version, ...(column && kind !== "add" ? { column: column.name } : {}) };
  if (kind === "add") {
    return {
      ...base,
      name: values.name.trim(),
      label: values.label.trim(),
      column_kind: values.column_kind,
      default: values.column_kind === "phone" ? "" : values.default.trim(),
    };
  }
  if (kind === "rename") return { ...base, name: values.name.trim() };
  if (kind === "label") return { ...base, label: values.label.trim() };
  if (kind === "kind") return { ...base, column_kind: values.column_kind };
  return base;
}

/** The names in their order after one has been moved by a step. */
export function movedNames(columns: readonly Column[], name: string, step: -1 | 1): string[] {
  const names = columns.map((column) => column.name);
  const from = names.indexOf(name);
  const to = from + step;
  if (from < 0 || to < 0 || to >= names.length) return names;
  const [moved] = names.splice(from, 1);
  if (moved !== undefined) names.splice(to, 0, moved);
  return names;
}
