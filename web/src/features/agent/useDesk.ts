/** The desktop for components. */

import { useQuery } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useState, useSyncExternalStore } from "react";
import { ApiError } from "@/api/client";
import type { AgentState } from "@/api/types";
import { useSession } from "@/features/session/session";
import { live } from "@/live/store";
import { useAgent, useConnection } from "@/live/useLive";
import { toast } from "@/shared/toast";
import { type Desk, desk } from "./desk";
import { fetchOwn } from "./own-agent";

export const DeskContext = createContext<Desk>(desk);

export const useDesk = (): Desk => useContext(DeskContext);

export function useDeskView() {
  const one = useDesk();
  return useSyncExternalStore(one.subscribe, one.getView);
}

/** The asker as an agent; asked for every few seconds while there is no live data. */
export function useOwnAgent(): AgentState | null {
  const { user } = useSession();
  const connection = useConnection();
  const known = useAgent(user.user_id);
  useQuery({
    queryKey: ["agent", "own"],
    queryFn: () => fetchOwn(live, user.user_id),
    enabled: connection !== "live" || known === null,
    refetchInterval: connection === "live" && known !== null ? false : 4000,
    refetchOnWindowFocus: true,
  });
  return known;
}

/** What a script demands is said in its own words: its fields are not the form's. */
function withScript(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const told = Object.entries(error.fields).filter(([name]) => name.startsWith("script."));
  if (told.length === 0) return error;
  const words = told.map(([, message]) => message).join(" ");
  return new ApiError(error.status, "SCRIPT_FIELD_NEEDED", words);
}

/**
 * Runs commands one at a time: `run("hold", {attempt_id})`. What goes wrong is said, and what the
 * screen shows is fetched anew when the floor says that it was out of date.
 */
export function useCommand() {
  const one = useDesk();
  const { user } = useSession();
  const [pending, setPending] = useState<string | null>(null);
  const perform = useCallback(
    async (name: string, act: () => Promise<unknown>): Promise<boolean> => {
      setPending(name);
      try {
        await act();
        return true;
      } catch (error) {
        toast.error(withScript(error));
        if (error instanceof ApiError && error.status === 409) {
          void fetchOwn(live, user.user_id).catch(() => {});
        }
        return false;
      } finally {
        setPending(null);
      }
    },
    [user.user_id],
  );
  const run = useCallback(
    (name: string, body: unknown = {}) => perform(name, () => one.command(name, body)),
    [one, perform],
  );
  return { run, perform, pending };
}
