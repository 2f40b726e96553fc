import { expect, test } from "vitest";
import type { Column } from "@/api/types";
import { changesNothing, initialValues } from "./change-body";

const column: Column = { name: "ville", label: "Ville", kind: "text", position: 1 };

test.each(["kind", "rename", "label"] as const)("%s with the old value changes nothing", (kind) => {
  expect(changesNothing(kind, column, initialValues(kind, column))).toBe(true);
});

test("another kind, and a new column, change something", () => {
  const values = { ...initialValues("kind", column), column_kind: "date" as const };
  expect(changesNothing("kind", column, values)).toBe(false);
  expect(changesNothing("add", null, initialValues("add", null))).toBe(false);
  expect(changesNothing("remove", column, initialValues("remove", column))).toBe(false);
});
