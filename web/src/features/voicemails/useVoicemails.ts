import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Voicemail, VoicemailCounts } from "@/api/types";
import { formatNumber } from "@/formats/phone";

export const REFRESH_MS = 20_000;

/** How many messages wait, of those that the person may hear. */
export function useVoicemailCounts() {
  return useQuery({
    queryKey: ["voicemails", "counts"],
    queryFn: ({ signal }) => api.get<VoicemailCounts>("/voicemails/counts", { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Who has left it, as far as it is known. */
export function callerOf(voicemail: Voicemail, withheld: string): string {
  if (voicemail.contact_name !== "") return voicemail.contact_name;
  return voicemail.number === "" ? withheld : formatNumber(voicemail.number);
}
