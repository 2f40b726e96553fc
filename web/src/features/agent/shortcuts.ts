/**
 * Keys of the agent's desktop. Letters are read as they are printed on the keyboard, digits by their
 * place: the upper row of a French keyboard gives digits only with Shift.
 */

export type Action =
  | "ready"
  | "pause"
  | "mute"
  | "hold"
  | "keypad"
  | "transfer"
  | "hang_up"
  | "wrap_up"
  | "call"
  | "skip"
  | "fetch"
  | "script"
  | "script_next"
  | "script_back"
  | "save_next"
  | "save_pause"
  | "enter"
  | "refuse"
  | "help";

export type Command = { action: Action } | { code: number };

/** What a keyboard event tells; the real one fits. */
export interface Key {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Where the key was pressed. */
export type Focus =
  /** Nothing that takes keys. */
  | "page"
  /** A button or a link: Enter is its own, digits are not. */
  | "control"
  /** Something is written there, or a dialog is open. */
  | "text"
  /** In the keypad digits are tones. */
  | "keypad";

export const ALT_LETTERS: Readonly<Record<string, Action>> = {
  r: "ready",
  p: "pause",
  m: "mute",
  h: "hold",
  k: "keypad",
  t: "transfer",
  x: "hang_up",
  w: "wrap_up",
  c: "call",
  s: "skip",
  g: "fetch",
  j: "script",
  n: "script_next",
  b: "script_back",
};

function digitOf(key: Key): number | null {
  const match = /^(?:Digit|Numpad)([1-9])$/.exec(key.code);
  return match ? Number(match[1]) : null;
}

/** Alt with a letter; on Macs Alt makes another character, so the place on the keyboard counts. */
function letterOf(key: Key): string {
  if (/^[a-z]$/i.test(key.key)) return key.key.toLowerCase();
  return /^Key([A-Z])$/.exec(key.code)?.[1]?.toLowerCase() ?? "";
}

export function commandOf(key: Key, focus: Focus): Command | null {
  const digit = digitOf(key);
  if (key.key === "Enter" && (key.ctrlKey || key.metaKey) && !key.altKey) {
    return { action: key.shiftKey ? "save_pause" : "save_next" };
  }
  // AltGr is Ctrl with Alt: it writes characters.
  if (key.ctrlKey || key.metaKey) return null;
  if (key.altKey) {
    if (digit !== null) return { code: digit };
    const action = ALT_LETTERS[letterOf(key)];
    return action === undefined ? null : { action };
  }
  if (focus === "text" || focus === "keypad") return null;
  if (key.key === "?") return { action: "help" };
  if (digit !== null && !/[a-z]/i.test(key.key)) return { code: digit };
  if (key.key === "Enter" && focus === "page") return { action: "enter" };
  if (key.key === "Escape") return { action: "refuse" };
  return null;
}

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return "page";
  if (target.closest("[data-keypad]")) return "keypad";
  if (target.closest("[role=dialog]")) return "text";
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return "text";
  if (target instanceof HTMLSelectElement) return "text";
  if (target instanceof HTMLInputElement) {
    return ["checkbox", "radio", "button", "submit"].includes(target.type) ? "control" : "text";
  }
  return target.closest("button, a, [role=menu]") ? "control" : "page";
}
