import { useBlocker } from "@tanstack/react-router";
import { useText } from "./messages";

/** Asks before a page with changes that are not saved is left, also when its tab is closed. */
export function useUnsavedGuard(dirty: () => boolean) {
  const t = useText();
  useBlocker({
    shouldBlockFn: () => dirty() && !window.confirm(t.leave),
    enableBeforeUnload: dirty,
  });
}
