/** Numbers or values out of pasted text. The server reads them. */

export interface ReadValues {
  values: string[];
  /** Lines left out because the same was there. */
  repeated: number;
}

/** Entries in one request; the server takes up to 10,000, but progress is nicer in smaller steps. */
export const BATCH = 2000;

const digitsOf = (text: string) => text.replace(/\D/g, "");

/** Of numbers the first cell of each line, of other values the whole line. */
export function readValues(text: string, byNumber: boolean): ReadValues {
  const seen = new Set<string>();
  const values: string[] = [];
  let repeated = 0;
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  lines.forEach((line, index) => {
    const first = byNumber ? (line.split(/[;,\t|]/)[0] ?? "") : line;
    const cell = first.replace(/^"|"$/g, "").trim();
    const digits = byNumber ? digitsOf(cell) : "";
    if (cell === "") return;
    // A header: the first line, without any digit.
    if (byNumber && index === 0 && digits === "") return;
    const key = digits === "" ? cell.toLowerCase() : digits;
    if (seen.has(key)) {
      repeated += 1;
      return;
    }
    seen.add(key);
    values.push(cell);
  });
  return { values, repeated };
}

export function batches<T>(items: readonly T[], size = BATCH): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
