import { expect, test } from "vitest";
import { bodyOf, emptyTemplate, newColumn, valuesOf } from "./template-form";

test("what is sent comes back as the same form", () => {
  const values = {
    ...emptyTemplate(),
    name: "CRM",
    fixed: true,
    header: "no" as const,
    skip_lines: 2,
    columns: [
      {
        ...newColumn([]),
        source: "Tél",
        name: "tel",
        label: "mobile",
        start: 3,
        end: 12,
        replacements: [{ find: "^0", replace: "" }],
      },
    ],
  };
  const body = bodyOf(values);
  expect(body.reading.fixed_fields).toEqual([{ name: "Tél", start: 3, end: 12 }]);
  expect(body.reading.has_header).toBe(false);
  expect(body.reading.replacements).toEqual({ Tél: [{ find: "^0", replace: "" }] });
  const back = valuesOf({
    ...body,
    import_template_id: "1",
    version: 1,
    created_at: "",
    updated_at: "",
  });
  expect(back).toEqual(values);
});

test("columns without a source and replacements without a pattern are left out", () => {
  const first = { ...newColumn([]), source: "tel", replacements: [{ find: "", replace: "x" }] };
  const body = bodyOf({ ...emptyTemplate(), columns: [first, newColumn([first])] });
  expect(body.mapping.columns).toEqual([
    { source: "tel", name: "tel", label: "tel", kind: "phone" },
  ]);
  expect(body.reading.replacements).toEqual({});
  expect(body.reading.fixed_fields).toEqual([]);
});

test("a new column begins behind the last one", () => {
  const first = { ...newColumn([]), end: 20 };
  expect(newColumn([first]).start).toBe(21);
});
