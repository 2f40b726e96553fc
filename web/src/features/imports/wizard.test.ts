import { expect, test } from "vitest";
import type { ContactList, Preview } from "@/api/types";
import {
  begin,
  intoList,
  intoNewList,
  kindsOf,
  leftOut,
  nameFromFile,
  problemsOf,
  regionOf,
  reread,
  startBody,
  takenAlong,
  titleOf,
  withColumn,
  withKinds,
} from "./wizard";

const preview: Preview = {
  encoding: "windows-1252",
  encodings: ["utf-8", "windows-1252"],
  delimiter: ";",
  delimiters: [";", ","],
  has_bom: false,
  header_line: 1,
  header: ["Nom", "Téléphone", "Ville"],
  mapping: {
    has_header: true,
    columns: [
      { source: "Nom", name: "Nom", label: "Nom", kind: "text" },
      { source: "Téléphone", name: "Téléphone", label: "mobile", kind: "phone" },
      { source: "Ville", ignore: true },
    ],
  },
  left_out: [],
  rows: [],
};
const place = {
  fileName: "clients_novembre-2.csv",
  region: "BJ",
  timeZone: "Africa/Porto-Novo",
  list: null,
  mayMakeList: true,
};
const list: ContactList = {
  contact_list_id: "l1",
  name: "Abonnés",
  region: "BJ",
  time_zone: "Africa/Porto-Novo",
  zone_source: "number_then_list",
  columns: [
    { name: "nom", label: "Nom", kind: "text", position: 0 },
    { name: "telephone", label: "Mobile", kind: "phone", position: 1 },
    { name: "ref", label: "Référence", kind: "text", position: 2 },
  ],
  key_columns: ["telephone"],
  contacts: 12,
  version: 1,
  created_at: "2026-11-23T10:00:00.000Z",
  updated_at: "2026-11-23T10:00:00.000Z",
};

test("a file becomes a list named after it, known by its phone", () => {
  const wizard = begin(preview, place);
  expect(wizard.listName).toBe("Clients novembre 2");
  expect(wizard.keyColumns).toEqual(["Téléphone"]);
  expect(problemsOf(wizard)).toEqual([]);
  expect(startBody(wizard)).toEqual({
    new_list: { name: "Clients novembre 2", region: "BJ", time_zone: "Africa/Porto-Novo" },
    mapping: {
      has_header: true,
      columns: [
        { source: "Nom", name: "Nom", label: "Nom", kind: "text" },
        { source: "Téléphone", name: "Téléphone", label: "mobile", kind: "phone" },
        { source: "Ville", ignore: true },
      ],
    },
    key_columns: ["Téléphone"],
    on_duplicate: "update",
  });
});

test("the preview follows the kinds only once a person has chosen one", () => {
  const wizard = begin(preview, place);
  expect(kindsOf(wizard)).toBeNull();
  expect(kindsOf(withColumn(wizard, 2, { kind: "text" }))).toBe("text,phone,text");
  expect(kindsOf(withColumn(wizard, 0, { label: "Nom de famille" }))).toBeNull();
});

test("without a phone column there is nothing to call", () => {
  const wizard = withColumn(begin(preview, place), 1, { kind: "ignore" });
  expect(problemsOf(wizard)).toEqual(["NO_PHONE"]);
  expect(wizard.keyColumns).toEqual([]);
});

test("names must be there and differ", () => {
  const wizard = begin(preview, place);
  expect(problemsOf(withColumn(wizard, 0, { name: "Téléphone" }))).toEqual(["NAME_TWICE"]);
  expect(problemsOf(withColumn(wizard, 0, { name: " " }))).toEqual(["NAME_MISSING"]);
  expect(problemsOf({ ...wizard, listName: "  " })).toEqual(["LIST_NAME"]);
});

test("the key follows a column that gets another name", () => {
  const wizard = withColumn(begin(preview, place), 1, { name: "gsm" });
  expect(wizard.keyColumns).toEqual(["gsm"]);
});

test("into an existing list, columns find their own whatever accents and case", () => {
  const wizard = intoList(begin(preview, place), list);
  expect(wizard.columns.map((column) => column.name)).toEqual(["nom", "telephone", "Ville"]);
  expect(problemsOf(wizard)).toEqual([]);
  expect(startBody(wizard)).toMatchObject({ contact_list_id: "l1", key_columns: ["telephone"] });
  expect(startBody(wizard)).not.toHaveProperty("new_list");
});

test("the file must fill the key of a list that has contacts", () => {
  const keyed = { ...list, key_columns: ["ref"] };
  expect(problemsOf(intoList(begin(preview, place), keyed))).toEqual(["KEY_MISSING"]);
});

test("back to a new list, the list is forgotten", () => {
  const wizard = intoNewList(intoList(begin(preview, place), list));
  expect(startBody(wizard)).toHaveProperty("new_list");
  expect(problemsOf({ ...wizard, target: "existing" })).toEqual(["LIST_MISSING"]);
});

test("another encoding guesses the columns anew and is sent along", () => {
  const wizard = { ...withColumn(begin(preview, place), 0, { kind: "date" }), encoding: "utf-8" };
  const again = reread(wizard, preview);
  expect(again.columns[0]?.kind).toBe("text");
  expect(kindsOf(again)).toBeNull();
  expect(startBody(again)).toMatchObject({ encoding: "utf-8" });
});

test.each([
  ["a.csv", "A"],
  ["Liste  test.v2.csv", "Liste test.v2"],
  [".csv", ""],
])("%s gives the name %s", (file, name) => {
  expect(nameFromFile(file)).toBe(name);
});

test("who may not make lists begins with choosing one", () => {
  expect(problemsOf(begin(preview, { ...place, mayMakeList: false }))).toEqual(["LIST_MISSING"]);
});

test("another country reads the same table otherwise; what a person chose stays", () => {
  const read: Preview = {
    ...preview,
    mapping: {
      has_header: true,
      columns: preview.mapping.columns.map((column) =>
        column.source === "Nom"
          ? { source: "Nom", name: "Nom", label: "Nom", kind: "phone" }
          : column,
      ),
    },
  };
  const wizard = withColumn(begin(preview, place), 1, { name: "Portable" });
  const french = withKinds({ ...wizard, region: "FR" }, read);
  expect(regionOf(french)).toBe("FR");
  expect(french.columns.map((column) => column.kind)).toEqual(["phone", "phone", "ignore"]);
  expect(french.columns[1]?.name).toBe("Portable");

  const chosen = withColumn(wizard, 0, { kind: "number" });
  expect(withKinds(chosen, read).columns[0]?.kind).toBe("number");
  expect(regionOf(intoList(wizard, { ...list, region: "TG" }))).toBe("TG");
});

test("columns that a template leaves out are told, and taken along as what they seem to hold", () => {
  const seen: Preview = { ...preview, left_out: [{ source: "Ville", kind: "date" }] };
  const wizard = begin(seen, place);
  expect(leftOut(wizard, seen)).toEqual([{ source: "Ville", kind: "date" }]);
  const taken = takenAlong(wizard, leftOut(wizard, seen));
  expect(taken.columns.map((column) => column.kind)).toEqual(["text", "phone", "date"]);
  expect(leftOut(taken, seen)).toEqual([]);
  expect(kindsOf(taken)).toBe("text,phone,date");
});

test("a reference that is filled and different in each row is the key before any phone", () => {
  const columns = ["Tél. domicile", "N° client", "Tél. portable"].map((source, at) => ({
    source,
    name: source,
    label: source,
    kind: at === 1 ? ("text" as const) : ("phone" as const),
  }));
  const row = (line_number: number, ...values: string[]) => ({
    line_number,
    cells: values.map((value) => ({ value, parsed: value, code: null, message: null })),
  });
  const read = { ...preview, mapping: { has_header: true, columns } };
  const apart = [row(2, "", "A-1", "612345678"), row(3, "381", "A-2", "612345679")];
  expect(begin({ ...read, rows: apart }, place).keyColumns).toEqual(["N° client"]);
  const twice = [row(2, "", "A-1", "612345678"), row(3, "381", "A-1", "612345679")];
  expect(begin({ ...read, rows: twice }, place).keyColumns).toEqual(["Tél. portable"]);
});

test("a column without a name is called by its place in the person's language", () => {
  const unnamed = (place: number) => `colonne ${place}`;
  expect(titleOf("column 3", unnamed)).toBe("colonne 3");
  expect(titleOf("column 3b", unnamed)).toBe("column 3b");
  expect(titleOf("Téléphone", unnamed)).toBe("Téléphone");
});
