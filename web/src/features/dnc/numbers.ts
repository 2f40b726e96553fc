/** Numbers out of pasted text or a file: the first cell of each line. The server reads them. */

export interface ReadNumbers {
  numbers: string[];
  /** Lines left out because the same number was there. */
  repeated: number;
}

/** Entries in one request; the server takes up to 10,000, but progress is nicer in smaller steps. */
export const BATCH = 2000;

const digitsOf = (text: string) => text.replace(/\D/g, "");

export function readNumbers(text: string): ReadNumbers {
  const seen = new Set<string>();
  const numbers: string[] = [];
  let repeated = 0;
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  lines.forEach((line, index) => {
    const cell = (line.split(/[;,\t|]/)[0] ?? "").replace(/^"|"$/g, "").trim();
    const digits = digitsOf(cell);
    if (cell === "") return;
    // A header: the first line, without any digit.
    if (index === 0 && digits === "") return;
    const key = digits === "" ? cell : digits;
    if (seen.has(key)) {
      repeated += 1;
      return;
    }
    seen.add(key);
    numbers.push(cell);
  });
  return { numbers, repeated };
}

export function batches<T>(items: readonly T[], size = BATCH): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
