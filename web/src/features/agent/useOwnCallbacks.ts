/** The agent's callbacks, and the reminder before each of their own falls due. */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "@/api/client";
import type { AgentState, Callback, Page } from "@/api/types";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useNowSeconds } from "@/shared/useNow";
import { itemsOf } from "./items";
import { useText } from "./messages";
import { playReminder } from "./sounds";

export function useOwnCallbacks() {
  return useQuery({
    queryKey: ["agent", "callbacks"],
    queryFn: () => api.get<Callback[] | Page<Callback>>("/agent/callbacks").then(itemsOf),
    refetchInterval: 60_000,
  });
}

/** Own ones whose reminder has come and whose time has not passed for long. */
export function toRemind(callbacks: readonly Callback[], nowSeconds: number): Callback[] {
  return callbacks.filter(
    (one) =>
      one.mine &&
      (one.state === "open" || one.state === "due") &&
      one.remind_at !== null &&
      Date.parse(one.remind_at) / 1000 <= nowSeconds &&
      nowSeconds < Date.parse(one.due_at) / 1000 + 60,
  );
}

/** Time and callback: one that is moved is told of again. */
const keyOf = (one: Callback) => `${one.callback_id}:${one.due_at}`;
const told = new Set<string>();

/**
 * Says by sound and notice that a promise is about to fall due. The floor tells over the live socket
 * when callbacks of this agent have changed: then the list is fetched at once.
 */
export function useCallbackReminders(agent: AgentState): void {
  const t = useText().callbacks;
  const { time } = useFormats();
  const now = useNowSeconds();
  const query = useOwnCallbacks();
  const changed = JSON.stringify(agent.callbacks ?? null);
  const before = useRef(changed);
  useEffect(() => {
    if (before.current === changed) return;
    before.current = changed;
    void query.refetch();
  }, [changed, query]);
  const due = toRemind(query.data ?? [], now).filter((one) => !told.has(keyOf(one)));
  const key = due.map(keyOf).join();
  // The key stands for the callbacks, which are new objects at every look.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (due.length === 0) return;
    playReminder();
    for (const one of due) {
      told.add(keyOf(one));
      toast.info(t.remind(one.contact_name || one.number, time(one.due_at)));
    }
  }, [key]);
}
