/** What a person reads of why a number is listed: the program's own codes have words. */

interface Words {
  wrapUp: string;
  optOut: string;
}

export function reasonOf(reason: string, t: Words): string {
  if (reason === "WRAP_UP") return t.wrapUp;
  if (reason === "OPT_OUT_KEY") return t.optOut;
  return reason;
}
