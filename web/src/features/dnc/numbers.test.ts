import { expect, test } from "vitest";
import { batches, readValues } from "./numbers";

test("one number per line in any written form, the first cell of a row, no header, each once", () => {
  const text =
    '\uFEFFNuméro;Motif\r\n97 12 34 56;demande\r\n"+229 01 97 12 34 57",x\n97.12.34.56\n\nabc\n00229 0197123458\t2';
  expect(readValues(text, true)).toEqual({
    values: ["97 12 34 56", "+229 01 97 12 34 57", "abc", "00229 0197123458"],
    repeated: 1,
  });
});

test("values of a column are whole lines, each once whatever their case", () => {
  expect(readValues("AB-1\nCD;2\nab-1\nAB-2", false)).toEqual({
    values: ["AB-1", "CD;2", "AB-2"],
    repeated: 1,
  });
});

test("nothing is nothing", () => {
  expect(readValues(" \n\n", true)).toEqual({ values: [], repeated: 0 });
});

test("batches hold every entry once", () => {
  const parts = batches([1, 2, 3, 4, 5], 2);
  expect(parts).toEqual([[1, 2], [3, 4], [5]]);
  expect(batches([], 2)).toEqual([]);
});
