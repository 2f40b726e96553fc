/** A template as the form has it, and as the API takes it. */

import type { ColumnKind, ConsentColumns, OnDuplicate } from "@/api/types";
import type { ImportTemplate, Reading, Replacement } from "@/api/types/lists";
import { consentPart } from "@/features/consents/consent-columns";

export interface TemplateColumn {
  id: number;
  source: string;
  name: string;
  label: string;
  kind: ColumnKind;
  start: number;
  end: number;
  replacements: Replacement[];
}

export interface TemplateValues extends Record<string, unknown> {
  name: string;
  encoding: string | null;
  delimiter: string | null;
  sheet: string;
  header: "auto" | "yes" | "no";
  skip_lines: number;
  trailer_lines: number;
  trim: boolean;
  fixed: boolean;
  columns: TemplateColumn[];
  on_duplicate: OnDuplicate;
  consent: ConsentColumns | null;
}

export function newColumn(columns: readonly TemplateColumn[]): TemplateColumn {
  const last = Math.max(0, ...columns.map((column) => column.end));
  return {
    id: Math.max(0, ...columns.map((column) => column.id)) + 1,
    source: "",
    name: "",
    label: "",
    kind: columns.length === 0 ? "phone" : "text",
    start: last + 1,
    end: last + 10,
    replacements: [],
  };
}

export function emptyTemplate(): TemplateValues {
  return {
    name: "",
    encoding: null,
    delimiter: null,
    sheet: "",
    header: "auto",
    skip_lines: 0,
    trailer_lines: 0,
    trim: true,
    fixed: false,
    columns: [newColumn([])],
    on_duplicate: "update",
    consent: null,
  };
}

export function valuesOf(template: ImportTemplate): TemplateValues {
  const { reading } = template;
  const places = new Map(reading.fixed_fields.map((field) => [field.name, field]));
  const columns: TemplateColumn[] = template.mapping.columns
    .filter((column) => !("ignore" in column && column.ignore))
    .map((column, index) => ({
      id: index + 1,
      source: column.source,
      name: column.name ?? column.source,
      label: column.label ?? "",
      kind: column.kind ?? "text",
      start: places.get(column.source)?.start ?? 1,
      end: places.get(column.source)?.end ?? 1,
      replacements: reading.replacements[column.source] ?? [],
    }));
  return {
    name: template.name,
    encoding: reading.encoding,
    delimiter: reading.delimiter,
    sheet: reading.sheet ?? "",
    header: reading.has_header === null ? "auto" : reading.has_header ? "yes" : "no",
    skip_lines: reading.skip_lines,
    trailer_lines: reading.trailer_lines,
    trim: reading.trim,
    fixed: reading.fixed_fields.length > 0,
    columns,
    on_duplicate: template.on_duplicate,
    consent: template.mapping.consent ?? null,
  };
}

/** Columns without a source are left out; names default to it. */
export function bodyOf(values: TemplateValues) {
  const columns = values.columns.filter((column) => column.source.trim() !== "");
  const reading: Reading = {
    encoding: values.encoding,
    delimiter: values.fixed ? null : values.delimiter,
    sheet: values.sheet.trim() || null,
    has_header: values.header === "auto" ? null : values.header === "yes",
    skip_lines: values.skip_lines,
    trailer_lines: values.trailer_lines,
    trim: values.trim,
    fixed_fields: values.fixed
      ? columns.map(({ source, start, end }) => ({ name: source.trim(), start, end }))
      : [],
    replacements: Object.fromEntries(
      columns
        .map(
          (column) =>
            [column.source.trim(), column.replacements.filter((one) => one.find !== "")] as const,
        )
        .filter(([, several]) => several.length > 0),
    ),
  };
  return {
    name: values.name.trim(),
    reading,
    mapping: {
      columns: columns.map((column) => ({
        source: column.source.trim(),
        name: column.name.trim() || column.source.trim(),
        label: column.label.trim() || column.name.trim() || column.source.trim(),
        kind: column.kind,
      })),
      ...consentPart(values.consent, null),
    },
    on_duplicate: values.on_duplicate,
  };
}
