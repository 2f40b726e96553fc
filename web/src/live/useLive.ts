/** Parts of the live picture for components: `useLive((view) => view.campaigns[id])`. */

import { useRef, useSyncExternalStore } from "react";
import { type LiveView, live } from "./store";

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => Object.is(item, b[index]));
}

/** Renders again only when what `select` gives has changed (arrays are compared by item). */
export function useLive<T>(select: (view: LiveView) => T): T {
  const last = useRef<{ value: T } | null>(null);
  return useSyncExternalStore(live.subscribe, () => {
    const value = select(live.getView());
    if (last.current === null || !same(last.current.value, value)) last.current = { value };
    return last.current.value;
  });
}

export const useConnection = () => useLive((view) => view.connection);
export const useAgents = () => useLive((view) => Object.values(view.agents));
export const useCampaigns = () => useLive((view) => Object.values(view.campaigns));
export const useAttempts = () => useLive((view) => Object.values(view.attempts));
export const useLiveQueues = () => useLive((view) => Object.values(view.queues));
export const useLiveQueue = (id: string) => useLive((view) => view.queues[id] ?? null);
export const useAgent = (userId: string) => useLive((view) => view.agents[userId] ?? null);
export const useCampaign = (id: string) => useLive((view) => view.campaigns[id] ?? null);
