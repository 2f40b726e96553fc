/**
 * The choices of a person between upload and start, as pure functions: what each column of the file
 * becomes, where it goes, what is still missing, and the body of the start request.
 */

import type {
  Column,
  ColumnKind,
  ConsentColumns,
  ContactList,
  Mapping,
  OnDuplicate,
  Preview,
} from "@/api/types";
import {
  type ConsentProblem,
  consentPart,
  consentProblems,
} from "@/features/consents/consent-columns";

export interface DraftColumn {
  /** The file's header. */
  source: string;
  /** In the list. */
  name: string;
  label: string;
  kind: ColumnKind | "ignore";
}

export interface Wizard {
  /** null: as detected. */
  encoding: string | null;
  delimiter: string | null;
  /** The line of the columns' titles; null: as found. */
  headerLine: number | null;
  hasHeader: boolean;
  columns: DraftColumn[];
  /** true once a person has chosen a kind: the preview then follows the columns. */
  touched: boolean;
  target: "new" | "existing";
  listName: string;
  region: string;
  timeZone: string;
  /** Of the list to be filled. */
  list: ContactList | null;
  keyColumns: string[];
  onDuplicate: OnDuplicate;
  /** Columns that say who consented; null: none. */
  consent: ConsentColumns | null;
  /** Campaigns of the list call these contacts next. */
  front: boolean;
}

export type ProblemCode =
  | "NO_PHONE"
  | "NAME_TWICE"
  | "NAME_MISSING"
  | "LIST_NAME"
  | "LIST_MISSING"
  | "KEY_MISSING"
  | ConsentProblem;

/** "clients_novembre-2.csv" → "Clients novembre 2". */
export function nameFromFile(fileName: string): string {
  const words = fileName
    .replace(/\.[^.]*$/, "")
    .replace(/[_-]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

const UNNAMED = /^column ([0-9]+)$/;

/** What people call a column of the file; one without a name has its place for one. */
export function titleOf(source: string, unnamed: (place: number) => string): string {
  const place = UNNAMED.exec(source)?.[1];
  return place === undefined ? source : unnamed(Number(place));
}

export function draftColumns(mapping: Mapping): DraftColumn[] {
  return mapping.columns.map((column) =>
    "ignore" in column && column.ignore
      ? { source: column.source, name: column.source, label: column.source, kind: "ignore" }
      : {
          source: column.source,
          name: column.name ?? column.source,
          label: column.label ?? column.source,
          kind: column.kind ?? "text",
        },
  );
}

/** Columns of the file that have the name of one of the list's become that one. */
export function matched(columns: readonly DraftColumn[], known: readonly Column[]): DraftColumn[] {
  return columns.map((column) => {
    const same = known.find(
      (one) =>
        plain(one.name) === plain(column.source) || plain(one.label) === plain(column.source),
    );
    return same ? { ...column, name: same.name, label: same.label, kind: same.kind } : column;
  });
}

const KEY_WORDS = /\b(ref|reference|id|identifiant|code|matricule|dossier|customer|client)\b/;

/**
 * What two rows of one person have in common: a column named like a reference whose cells are all
 * filled and all different, else the phone column with most numbers.
 */
function guessedKey(columns: readonly DraftColumn[], rows: Preview["rows"]): string[] {
  const cells = (at: number) =>
    rows.map((row) => row.cells[at]?.value.trim() ?? "").filter((value) => value !== "");
  const reference = columns.find((column, at) => {
    if (column.kind !== "text" || !KEY_WORDS.test(plain(column.source))) return false;
    const values = cells(at);
    return rows.length > 1 && values.length === rows.length && new Set(values).size === rows.length;
  });
  if (reference) return [reference.name];
  const phones = columns
    .map((column, at) => ({ column, filled: column.kind === "phone" ? cells(at).length : -1 }))
    .filter(({ filled }) => filled >= 0);
  const best = phones.reduce<(typeof phones)[number] | null>(
    (most, one) => (most === null || one.filled > most.filled ? one : most),
    null,
  );
  return best ? [best.column.name] : [];
}

export function begin(
  preview: Preview,
  place: {
    fileName: string;
    region: string;
    timeZone: string;
    list: ContactList | null;
    mayMakeList: boolean;
    /** As a template has it. */
    onDuplicate?: OnDuplicate;
  },
): Wizard {
  const columns = draftColumns(preview.mapping);
  const wizard: Wizard = {
    encoding: null,
    delimiter: null,
    headerLine: null,
    hasHeader: preview.mapping.has_header ?? true,
    columns,
    touched: false,
    target: place.mayMakeList ? "new" : "existing",
    listName: nameFromFile(place.fileName),
    region: place.region,
    timeZone: place.timeZone,
    list: null,
    keyColumns: guessedKey(columns, preview.rows),
    onDuplicate: place.onDuplicate ?? "update",
    consent: preview.mapping.consent ?? null,
    front: preview.mapping.front ?? false,
  };
  return place.list ? intoList(wizard, place.list) : wizard;
}

/** Another encoding, delimiter or line of titles: the columns are guessed anew. */
export function reread(wizard: Wizard, preview: Preview): Wizard {
  const guessed = draftColumns(preview.mapping);
  const columns = wizard.list ? matched(guessed, wizard.list.columns) : guessed;
  return {
    ...wizard,
    columns,
    touched: wizard.list !== null,
    hasHeader: preview.mapping.has_header ?? true,
    keyColumns: wizard.list ? wizard.list.key_columns : guessedKey(columns, preview.rows),
  };
}

/** The country by which numbers without a code are read. */
export function regionOf(wizard: Wizard): string {
  return wizard.list?.region ?? wizard.region;
}

/** The same table, read as another country's: kinds are guessed anew, unless a person chose some. */
export function withKinds(wizard: Wizard, preview: Preview): Wizard {
  if (wizard.touched) return wizard;
  const guessed = draftColumns(preview.mapping);
  const columns = wizard.columns.map((column, at) => ({
    ...column,
    kind: guessed[at]?.kind ?? column.kind,
  }));
  return { ...wizard, columns, keyColumns: guessedKey(columns, preview.rows) };
}

export function intoList(wizard: Wizard, list: ContactList): Wizard {
  const columns = matched(wizard.columns, list.columns);
  const chosen = wizard.columns.flatMap((column, at) =>
    wizard.keyColumns.includes(column.name) && columns[at] ? [columns[at].name] : [],
  );
  const keyColumns = list.contacts > 0 || list.key_columns.length > 0 ? list.key_columns : chosen;
  return { ...wizard, target: "existing", list, columns, touched: true, keyColumns };
}

export function intoNewList(wizard: Wizard): Wizard {
  return { ...wizard, target: "new", list: null };
}

export function withColumn(wizard: Wizard, index: number, part: Partial<DraftColumn>): Wizard {
  const before = wizard.columns[index];
  const columns = wizard.columns.map((column, at) =>
    at === index ? { ...column, ...part } : column,
  );
  const renamed = before && part.name !== undefined && part.name !== before.name;
  const names = new Set(columns.filter((c) => c.kind !== "ignore").map((c) => c.name));
  const keyColumns = wizard.keyColumns
    .map((name) => (renamed && name === before.name ? (part.name ?? name) : name))
    .filter((name) => names.has(name) || wizard.list !== null);
  return {
    ...wizard,
    columns,
    keyColumns,
    touched: wizard.touched || part.kind !== undefined,
  };
}

/** Columns that the template leaves out, and nobody has taken along yet. */
export function leftOut(wizard: Wizard, preview: Preview): Preview["left_out"] {
  const ignored = new Set(
    wizard.columns.filter((column) => column.kind === "ignore").map((column) => column.source),
  );
  return preview.left_out.filter((one) => ignored.has(one.source));
}

/** These columns are imported too, each as what it seems to hold. */
export function takenAlong(wizard: Wizard, found: Preview["left_out"]): Wizard {
  const kinds = new Map(found.map((one) => [one.source, one.kind]));
  const columns = wizard.columns.map((column) => ({
    ...column,
    kind: kinds.get(column.source) ?? column.kind,
  }));
  return {
    ...wizard,
    columns: wizard.list ? matched(columns, wizard.list.columns) : columns,
    touched: true,
  };
}

/** For `?kinds=`; null while they are the server's own guess. */
export function kindsOf(wizard: Wizard): string | null {
  return wizard.touched ? wizard.columns.map((column) => column.kind).join(",") : null;
}

export function importedNames(wizard: Wizard): string[] {
  return [
    ...new Set(
      wizard.columns
        .filter((column) => column.kind !== "ignore" && column.name.trim() !== "")
        .map((column) => column.name.trim()),
    ),
  ];
}

/** The key cannot be changed any more. */
export function keyIsFixed(wizard: Wizard): boolean {
  return wizard.list !== null && (wizard.list.contacts > 0 || wizard.list.key_columns.length > 0);
}

export function problemsOf(wizard: Wizard): ProblemCode[] {
  const found: ProblemCode[] = [];
  const used = wizard.columns.filter((column) => column.kind !== "ignore");
  const names = used.map((column) => column.name.trim());
  const phoneInList = wizard.list?.columns.some((column) => column.kind === "phone") ?? false;
  if (!used.some((column) => column.kind === "phone") && !phoneInList) found.push("NO_PHONE");
  if (names.includes("")) found.push("NAME_MISSING");
  else if (new Set(names).size < names.length) found.push("NAME_TWICE");
  if (wizard.target === "new" && wizard.listName.trim() === "") found.push("LIST_NAME");
  if (wizard.target === "existing" && wizard.list === null) found.push("LIST_MISSING");
  if (keyIsFixed(wizard) && wizard.keyColumns.some((key) => !names.includes(key))) {
    found.push("KEY_MISSING");
  }
  return [...found, ...consentProblems(wizard.consent)];
}

export function startBody(wizard: Wizard) {
  return {
    ...(wizard.list
      ? { contact_list_id: wizard.list.contact_list_id }
      : {
          new_list: {
            name: wizard.listName.trim(),
            region: wizard.region,
            time_zone: wizard.timeZone,
          },
        }),
    mapping: {
      has_header: wizard.hasHeader,
      ...(wizard.front ? { front: true } : {}),
      ...consentPart(
        wizard.consent,
        wizard.columns.map((column) => column.source),
      ),
      columns: wizard.columns.map((column) =>
        column.kind === "ignore"
          ? { source: column.source, ignore: true }
          : {
              source: column.source,
              name: column.name.trim(),
              label: column.label.trim() || column.name.trim(),
              kind: column.kind,
            },
      ),
    },
    key_columns: wizard.keyColumns,
    on_duplicate: wizard.onDuplicate,
    ...(wizard.encoding ? { encoding: wizard.encoding } : {}),
    ...(wizard.delimiter ? { delimiter: wizard.delimiter } : {}),
    ...(wizard.headerLine ? { header_line: wizard.headerLine } : {}),
  };
}
