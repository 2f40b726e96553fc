/** Binds the desktop's keys: each component gives the actions that it can do at the moment. */

import { createContext, useContext, useEffect, useRef } from "react";
import { type Action, commandOf, focusOf } from "./shortcuts";

type Handlers = Map<Action | "code", (code: number) => void>;

export const ShortcutContext = createContext<Handlers>(new Map());

/** While `handler` is not null, the action's key runs it. */
export function useShortcut(
  action: Action | "code",
  handler: ((code: number) => void) | null,
): void {
  const handlers = useContext(ShortcutContext);
  const latest = useRef(handler);
  latest.current = handler;
  const on = handler !== null;
  useEffect(() => {
    if (!on) return;
    const call = (code: number) => latest.current?.(code);
    handlers.set(action, call);
    return () => {
      if (handlers.get(action) === call) handlers.delete(action);
    };
  }, [handlers, action, on]);
}

/** For the page: gives the context its handlers and listens to the keyboard. */
export function useShortcutHandlers(): Handlers {
  const handlers = useRef<Handlers>(new Map());
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.repeat || event.defaultPrevented) return;
      const command = commandOf(event, focusOf(event.target));
      if (command === null) return;
      const handler = handlers.current.get("action" in command ? command.action : "code");
      if (handler === undefined) return;
      event.preventDefault();
      handler("code" in command ? command.code : 0);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return handlers.current;
}
