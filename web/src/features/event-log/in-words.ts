import type { LoggedEvent } from "@/api/types";

/** The event's message, with words in place of the codes of what was done, and why. */
export function inWords(
  event: Pick<LoggedEvent, "message" | "params">,
  words: Record<string, string>,
): string {
  const { action, reason } = event.params;
  return [action, reason].reduce<string>(
    (message, code) =>
      typeof code === "string" && words[code] !== undefined
        ? message.replaceAll(code, () => words[code] ?? code)
        : message,
    event.message,
  );
}
