/** A data action as its form holds it. */

import type { DataAction, DataActionSettings } from "@/api/types";

export interface ActionValues extends DataActionSettings {
  name: string;
  [field: string]: unknown;
}

export function valuesOf(action: DataAction | null): ActionValues {
  if (action !== null) return { name: action.name, ...structuredClone(action.settings) };
  return {
    name: "",
    kind: "http",
    method: "GET",
    url: "",
    headers: [],
    body: "",
    body_format: "json",
    engine: "postgresql",
    host: "",
    port: 0,
    database: "",
    user: "",
    encrypted: true,
    most_rows: 20,
    statement: "",
    secret_name: "",
    outputs: [{ name: "status", path: "status" }],
    timeout_seconds: 3,
    cache_seconds: 300,
    call_cache_seconds: 30,
    at_once: 5,
    breaker_failures: 5,
    breaker_seconds: 60,
  };
}

export function settingsOf({ name: _, ...settings }: ActionValues): DataActionSettings {
  return settings as DataActionSettings;
}

/** Where the question goes, in a line. */
export function whereOf(settings: DataActionSettings): string {
  if (settings.kind === "http") return `${settings.method} ${settings.url}`;
  return `${settings.engine} ${settings.host}/${settings.database}`;
}

const PLACEHOLDER = /\{(contact\.[^{}"\\]{1,128}|[a-z_]{1,40})\}/g;

/** The names in braces of all templates, each once; the secret has no value to try. */
export function placeholdersOf(settings: DataActionSettings): string[] {
  const texts =
    settings.kind === "sql"
      ? [settings.statement]
      : [settings.url, ...settings.headers.map((header) => header.value)];
  if (settings.kind === "http" && settings.method !== "GET") texts.push(settings.body);
  const names = texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map((found) => found[1]));
  return [...new Set(names)].filter((name) => name !== undefined && name !== "secret") as string[];
}
