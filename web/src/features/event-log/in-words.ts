import type { LoggedEvent } from "@/api/types";

/** The event's message, with the names of what was done in place of their codes. */
export function inWords(
  event: Pick<LoggedEvent, "message" | "params">,
  words: Record<string, string>,
): string {
  const { action } = event.params;
  if (typeof action !== "string") return event.message;
  return event.message.replaceAll(action, () => words[action] ?? action);
}
