// @vitest-environment jsdom

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, api, setCsrfToken, setNotSignedInHandler } from "./client";

const calls: { url: string; init: RequestInit }[] = [];
let answers: (() => Response)[] = [];

beforeEach(() => {
  calls.length = 0;
  answers = [];
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError("Failed to fetch");
    return answer();
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status });
const header = (index: number, name: string) =>
  (calls[index]?.init.headers as Record<string, string> | undefined)?.[name];

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const outcome = promise.then(
    () => null,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  const error = await outcome;
  if (!(error instanceof ApiError)) throw new Error(`not an ApiError: ${String(error)}`);
  return error;
}

test("reading sends neither token nor key, and leaves empty values out", async () => {
  answers = [json(200, { items: [] })];
  await api.get("/users", { query: { search: "é&", limit: 50, page_token: undefined, sort: "" } });
  expect(calls[0]?.url).toBe("/api/v1/users?search=%C3%A9%26&limit=50");
  expect(header(0, "X-CSRF-Token")).toBeUndefined();
  expect(header(0, "Idempotency-Key")).toBeUndefined();
});

test("a command carries the CSRF token and a key of its own", async () => {
  setCsrfToken("abc");
  answers = [json(200, {}), json(200, {})];
  await api.post("/agent/ready");
  await api.post("/agent/ready");
  expect(header(0, "X-CSRF-Token")).toBe("abc");
  expect(header(0, "Idempotency-Key")).toMatch(/.{16,}/);
  expect(header(0, "Idempotency-Key")).not.toBe(header(1, "Idempotency-Key"));
});

test("a command whose answer was lost is asked again with the same key", async () => {
  answers = [
    () => {
      throw new TypeError("network");
    },
    json(200, { done: true }),
  ];
  const answer = api.post<{ done: boolean }>("/agent/ready");
  await vi.runAllTimersAsync();
  expect((await answer).done).toBe(true);
  expect(header(0, "Idempotency-Key")).toBe(header(1, "Idempotency-Key"));
});

test("a change without a key is not asked twice", async () => {
  const error = await failure(api.patch("/users/1", { version: 1 }));
  expect(calls).toHaveLength(1);
  expect(error).toMatchObject({ status: 0, code: "NETWORK" });
});

test("a refusal keeps its code, message and fields", async () => {
  answers = [
    json(422, {
      error: {
        code: "INVALID",
        message: "Check the form.",
        details: { fields: [{ field: "name", code: "REQUIRED", message: "Needed." }] },
      },
    }),
  ];
  const error = await failure(api.post("/users", {}));
  expect(error).toMatchObject({ status: 422, code: "INVALID", message: "Check the form." });
  expect(error.fields).toEqual({ name: "Needed." });
});

test("an answer that is not Kwabo's is an error too", async () => {
  answers = [
    () => new Response("<h1>Bad gateway</h1>", { status: 502, statusText: "Bad Gateway" }),
  ];
  const error = await failure(api.get("/users"));
  expect(error).toMatchObject({ status: 502, code: "HTTP_502" });
});

test("the end of the session is told", async () => {
  const ended = vi.fn();
  setNotSignedInHandler(ended);
  answers = [json(401, { error: { code: "NOT_SIGNED_IN", message: "Sign in." } })];
  await failure(api.get("/users"));
  expect(ended).toHaveBeenCalledOnce();
});

test("no content is an answer", async () => {
  answers = [() => new Response(null, { status: 204 })];
  await expect(api.delete("/session")).resolves.toBeUndefined();
});
