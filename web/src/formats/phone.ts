/**
 * E.164 numbers as people read them: "+2290197123456" → "+229 01 97 12 34 56". Only for showing;
 * the server parses and checks numbers. Calling codes have one to three digits by a fixed rule
 * (ITU-T E.164, list of assigned country codes), so no table of countries is needed.
 */

const TWO_DIGITS = new Set(
  (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 " +
    "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
  ).split(" "),
);

function callingCode(digits: string): string {
  if (digits.startsWith("1") || digits.startsWith("7")) return digits.slice(0, 1);
  const two = digits.slice(0, 2);
  return TWO_DIGITS.has(two) ? two : digits.slice(0, 3);
}

function inGroups(digits: string): string {
  const odd = digits.length % 2;
  const head = odd === 1 ? [digits.slice(0, 1)] : [];
  return [...head, ...(digits.slice(odd).match(/../g) ?? [])].join(" ");
}

/** Anything that is not E.164 comes back as it is. */
export function formatNumber(number: string | null | undefined): string {
  if (!number) return "";
  if (!/^\+\d{7,15}$/.test(number)) return number;
  const digits = number.slice(1);
  const code = callingCode(digits);
  const rest = digits.slice(code.length);
  if (code === "1" && rest.length === 10) {
    return `+1 ${rest.slice(0, 3)} ${rest.slice(3, 6)} ${rest.slice(6)}`;
  }
  return `+${code} ${inGroups(rest)}`;
}
