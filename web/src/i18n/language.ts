/**
 * The language on screen. Kept on this computer until someone signs in, then the person's own.
 * Catalogues live with their feature (`messages.fr.ts`, `messages.en.ts`) and load with its pages.
 */

import { useSyncExternalStore } from "react";
import type { Language } from "@/api/types";

const KEY = "kwabo-language";

export const LANGUAGES: { value: Language; name: string }[] = [
  { value: "fr", name: "Français" },
  { value: "en", name: "English" },
];

function initial(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "fr" || kept === "en") return kept;
  } catch {
    // Storage can be closed to us.
  }
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "fr";
}

let language: Language = initial();
const listeners = new Set<() => void>();

export function currentLanguage(): Language {
  return language;
}

export function setLanguage(next: Language): void {
  document.documentElement.lang = next;
  if (next === language) return;
  language = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Only this visit then.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}
