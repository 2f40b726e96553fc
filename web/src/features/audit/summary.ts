/** What of an entry's details tells by itself which thing was meant, without the field's name. */

const TELLING = ["name", "display_name", "login", "number", "file_name", "url", "key", "reason"];

export function summary(details: Readonly<Record<string, unknown>>): string {
  return TELLING.map((field) => details[field])
    .filter((value) => typeof value === "string" && value !== "")
    .join(" · ");
}
