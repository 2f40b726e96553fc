/**
 * Calls of the HTTP API. Adds the CSRF token, an Idempotency-Key to every POST, the language, and
 * turns every refusal into an `ApiError`. A POST whose answer was lost on the way is asked again
 * with the same key, so that a weak network neither loses nor doubles a command.
 */

import { observeServerTime } from "@/formats/clock";
import { currentLanguage } from "@/i18n/language";

export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** A refusal of the server (`status` of HTTP) or no answer at all (status 0, code "NETWORK"). */
export class ApiError extends Error {
  readonly status: number;
  /** Stable, upper case: "STALE_VERSION", "AGENT_STATE"… */
  readonly code: string;
  readonly field: string | null;
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    message: string,
    field: string | null = null,
    details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.field = field;
    this.details = details;
  }

  /** Errors of single fields of a 422 answer, by the field's name. */
  get fields(): Record<string, string> {
    const listed = (this.details.fields ?? []) as FieldError[];
    const found: Record<string, string> = {};
    for (const entry of listed) found[entry.field] ??= entry.message;
    if (this.field !== null) found[this.field] ??= this.message;
    return found;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Options {
  query?: Query | undefined;
  signal?: AbortSignal | undefined;
  /** For POST; a new one is made when there is none. */
  idempotencyKey?: string | undefined;
}

const BASE = "/api/v1";
const RETRY_MS = [500, 1500];

let csrfToken = "";
let onNotSignedIn: () => void = () => {};

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when the server says that the session is over. */
export function setNotSignedInHandler(handler: () => void): void {
  onNotSignedIn = handler;
}

/** Random UUID; also on plain HTTP, where crypto.randomUUID is missing. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Address of a route, for links and downloads: `apiUrl("/contact-lists/…/export.csv")`. */
export function apiUrl(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return `${BASE}${path}${text === "" ? "" : `?${text}`}`;
}

async function errorOf(response: Response): Promise<ApiError> {
  let body: unknown = null;
  try {
    body = await response.json();
  } catch {
    // A proxy's page, not Kwabo's answer.
  }
  const error = (body as { error?: Record<string, unknown> } | null)?.error;
  return new ApiError(
    response.status,
    typeof error?.code === "string" ? error.code : `HTTP_${response.status}`,
    typeof error?.message === "string"
      ? error.message
      : `${response.status} ${response.statusText}`,
    typeof error?.field === "string" ? error.field : null,
    (error?.details ?? {}) as Record<string, unknown>,
  );
}

async function send(url: string, init: RequestInit, retries: readonly number[]): Promise<Response> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await fetch(url, init);
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      const wait = retries[tried];
      if (wait === undefined) {
        throw new ApiError(0, "NETWORK", "No answer from the server.");
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  options: Options = {},
): Promise<T> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": currentLanguage(),
  };
  if (method !== "GET") headers["X-CSRF-Token"] = csrfToken;
  if (method === "POST") headers["Idempotency-Key"] = options.idempotencyKey ?? newKey();
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.signal) init.signal = options.signal;
  if (body instanceof FormData) init.body = body;
  else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  const retries = body instanceof FormData || method === "PATCH" ? [] : RETRY_MS;
  const response = await send(apiUrl(path, options.query), init, retries);
  const date = response.headers.get("Date");
  if (date !== null) observeServerTime(date, Date.now());
  if (!response.ok) {
    const error = await errorOf(response);
    if (error.code === "NOT_SIGNED_IN") onNotSignedIn();
    throw error;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const api = {
  get: <T>(path: string, options?: Options) => request<T>("GET", path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: Options) =>
    request<T>("POST", path, body ?? {}, options),
  patch: <T>(path: string, body: unknown, options?: Options) =>
    request<T>("PATCH", path, body, options),
  put: <T>(path: string, body: unknown, options?: Options) =>
    request<T>("PUT", path, body, options),
  delete: <T = void>(path: string, options?: Options) =>
    request<T>("DELETE", path, undefined, options),
};

/** Sends a file with its progress (0–1); fetch cannot tell how much of a body has gone. */
export function upload<T>(
  path: string,
  form: FormData,
  onProgress: (done: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", apiUrl(path));
    call.setRequestHeader("Accept", "application/json");
    call.setRequestHeader("Accept-Language", currentLanguage());
    call.setRequestHeader("X-CSRF-Token", csrfToken);
    call.setRequestHeader("Idempotency-Key", newKey());
    call.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    call.onerror = () => reject(new ApiError(0, "NETWORK", "No answer from the server."));
    call.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    call.onload = async () => {
      if (call.status >= 200 && call.status < 300) {
        resolve(JSON.parse(call.responseText) as T);
        return;
      }
      const response = new Response(call.responseText, {
        status: call.status,
        statusText: call.statusText,
      });
      reject(await errorOf(response));
    };
    signal?.addEventListener("abort", () => call.abort());
    call.send(form);
  });
}
