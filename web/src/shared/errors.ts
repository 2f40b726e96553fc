/** Words for anything that was thrown. */

import { ApiError } from "@/api/client";
import { catalogue } from "@/i18n/messages";
import en from "./messages.en";
import fr from "./messages.fr";

export const useErrorText = catalogue<{ network: string; unexpected: string }>({ fr, en });

export function errorText(error: unknown, text: { network: string; unexpected: string }): string {
  if (error instanceof ApiError) return error.code === "NETWORK" ? text.network : error.message;
  return text.unexpected;
}
