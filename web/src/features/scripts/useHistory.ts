/** A value with what it was before: undo and redo. Changes of one field shortly after another are one step. */

import { useCallback, useReducer } from "react";

interface History<T> {
  past: T[];
  present: T;
  future: T[];
  /** Of the last change: what it was about, and when. */
  about: string;
  at: number;
}
type Step<T> =
  | { type: "set"; value: T; about: string; at: number }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "reset"; value: T };

const TOGETHER_MS = 1200;
const MOST = 200;

export function step<T>(history: History<T>, action: Step<T>): History<T> {
  const { past, present, future } = history;
  switch (action.type) {
    case "set": {
      if (action.value === present) return history;
      const together =
        action.about !== "" &&
        action.about === history.about &&
        action.at - history.at < TOGETHER_MS;
      return {
        past: together ? past : [...past.slice(-MOST), present],
        present: action.value,
        future: [],
        about: action.about,
        at: action.at,
      };
    }
    case "undo": {
      const before = past.at(-1);
      if (before === undefined) return history;
      return {
        past: past.slice(0, -1),
        present: before,
        future: [present, ...future],
        about: "",
        at: 0,
      };
    }
    case "redo": {
      const [next, ...rest] = future;
      if (next === undefined) return history;
      return { past: [...past, present], present: next, future: rest, about: "", at: 0 };
    }
    case "reset":
      return { past: [], present: action.value, future: [], about: "", at: 0 };
  }
}

export const begun = <T>(present: T): History<T> => ({
  past: [],
  present,
  future: [],
  about: "",
  at: 0,
});

export function useHistory<T>(initial: T) {
  const [history, dispatch] = useReducer(step<T>, initial, begun);
  const set = useCallback(
    (value: T, about = "") => dispatch({ type: "set", value, about, at: performance.now() }),
    [],
  );
  return {
    value: history.present,
    set,
    undo: useCallback(() => dispatch({ type: "undo" }), []),
    redo: useCallback(() => dispatch({ type: "redo" }), []),
    reset: useCallback((value: T) => dispatch({ type: "reset", value }), []),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}
