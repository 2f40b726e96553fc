/** Times and durations for people. Every time is shown in a named zone, the organisation's. */

import type { Language } from "@/api/types";

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  language: Language,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language}|${timeZone}|${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) {
    const locale = language === "fr" ? "fr-FR" : "en-GB";
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formatters.set(key, found);
  }
  return found;
}

export function formatDateTime(at: string, language: Language, timeZone: string): string {
  return formatter(language, timeZone, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));
}

export function formatDate(at: string, language: Language, timeZone: string): string {
  return formatter(language, timeZone, { day: "numeric", month: "short", year: "numeric" }).format(
    new Date(at),
  );
}

export function formatTime(at: string, language: Language, timeZone: string): string {
  return formatter(language, timeZone, { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}

/** With seconds, for steps of a call. */
export function formatClock(at: string, language: Language, timeZone: string): string {
  return formatter(language, timeZone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(new Date(at));
}

/** Seconds as a clock: 7 → "0:07", 3725 → "1:02:05". Negative counts as nothing. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Minutes by which `timeZone` is ahead of UTC at that moment. */
function offsetMinutes(atMs: number, timeZone: string): number {
  const parts = formatter("en", timeZone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(atMs));
  const value = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? "0");
  const local = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return Math.round((local - Math.floor(atMs / 1000) * 1000) / 60000);
}

/** Wall time "2026-11-23T14:30" in a zone → UTC. A time that a clock change skips moves on. */
export function wallToUtc(wall: string, timeZone: string): string | null {
  const guess = Date.parse(`${wall}:00.000Z`);
  if (Number.isNaN(guess)) return null;
  const first = guess - offsetMinutes(guess, timeZone) * 60000;
  const second = guess - offsetMinutes(first, timeZone) * 60000;
  return new Date(second).toISOString();
}

/** UTC → wall time "2026-11-23T14:30" in a zone, the form of datetime-local inputs. */
export function utcToWall(at: string, timeZone: string): string {
  const ms = Date.parse(at);
  return new Date(ms + offsetMinutes(ms, timeZone) * 60000).toISOString().slice(0, 16);
}

/** "2026-11-23" → "2026-11-24". */
export function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00.000Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}
