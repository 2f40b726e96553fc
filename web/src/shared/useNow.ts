/** One clock for every ticking duration on the page: they all move in the same instant. */

import { useSyncExternalStore } from "react";
import { serverNow } from "@/formats/clock";

const listeners = new Set<() => void>();
let second = Math.floor(serverNow() / 1000);
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  second = Math.floor(serverNow() / 1000);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) timer = setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time in whole seconds since 1970; renders again each second. */
export function useNowSeconds(): number {
  return useSyncExternalStore(subscribe, () => second);
}
