/**
 * What a script's buttons ask of other parts of the desk: each part says what it can do at the moment.
 */

import { useEffect, useRef } from "react";

export interface DeskActions {
  /** Fill the callback in. */
  callback: (preset: { minutes: number | null; mine: boolean; note: string }) => void;
  /** Open the transfer with somebody chosen. */
  transfer: (preset: { number: string | null; userId: string | null }) => void;
  /** Choose the outcome; `finish`: save it, if the call is over. */
  wrap_up: (preset: { codeId: string | null; finish: boolean }) => void;
  /** The script's page is left: what was seen of it counts. */
  leave_script: () => void;
}

type Name = keyof DeskActions;

const able = new Map<Name, (payload: never) => void>();

/** While `handler` is not null, this part of the desk does the action. */
export function useDeskAction<N extends Name>(name: N, handler: DeskActions[N] | null): void {
  const latest = useRef(handler);
  latest.current = handler;
  const on = handler !== null;
  useEffect(() => {
    if (!on) return;
    const act = (payload: never) => (latest.current as ((given: never) => void) | null)?.(payload);
    able.set(name, act);
    return () => {
      if (able.get(name) === act) able.delete(name);
    };
  }, [name, on]);
}

/** Whether somebody did it. */
export function deskAct<N extends Name>(name: N, ...payload: Parameters<DeskActions[N]>): boolean {
  const act = able.get(name) as ((...given: Parameters<DeskActions[N]>) => void) | undefined;
  act?.(...payload);
  return act !== undefined;
}
