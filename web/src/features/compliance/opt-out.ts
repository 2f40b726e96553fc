import type { Compliance, Preset } from "@/api/types";

/**
 * Whether a key to opt out is offered during the message, by law or by choice, while the message is
 * the program's own, which names no key.
 */
export function demandsUnnamedKey(
  preset: Pick<Preset, "values"> | undefined,
  settings: Pick<Compliance, "opt_out" | "message_media">,
): boolean {
  const demanded = preset?.values.some(
    (one) => one.name === "abandon_message_opt_out_key" && one.value === true,
  );
  return (settings.opt_out || demanded === true) && settings.message_media === "";
}
