/**
 * Answers on their way to the server. What it has not acknowledged is kept in the tab's storage and
 * sent again until it has, whatever becomes of the connection, the page or the call. Saves of a call
 * go one after the other; each carries a rising revision, so that a repeat changes nothing.
 */

import { ApiError, api } from "@/api/client";
import { serverNow } from "@/formats/clock";
import type { Answer, ColumnConflict, SavedAnswers } from "./types";

interface Waiting {
  value: Answer;
  /** What the field's column held when it was answered; null: the field has no column. */
  base: string | null;
  column: string | null;
}
interface Pending {
  answers: Record<string, Waiting>;
  page: string;
  visited: string[];
  /** Something of page or visited has changed. */
  moved: boolean;
}

export interface CallAnswers {
  /** Everything answered in this tab. */
  given: Record<string, Answer>;
  /** The contact's columns as they were last told; null: not yet. */
  data: Record<string, string> | null;
  page: string;
  visited: string[];
  state: "saved" | "saving" | "offline" | "refused";
  /** Why the server does not take it, by field; "" for all. */
  errors: Record<string, string>;
  conflicts: Record<string, ColumnConflict>;
}

interface Parts {
  put: (attemptId: string, body: unknown) => Promise<SavedAnswers>;
  storage: Storage;
  now: () => number;
  wait: (act: () => void, ms: number) => unknown;
}

const PREFIX = "kwabo-script:";
const DELAY_MS = 700;
const LONGEST_WAIT_MS = 15_000;
const NOTHING: CallAnswers = {
  given: {},
  data: null,
  page: "",
  visited: [],
  state: "saved",
  errors: {},
  conflicts: {},
};

export class AnswerOutbox {
  private readonly views = new Map<string, CallAnswers>();
  private readonly sending = new Map<string, Promise<boolean>>();
  private readonly scheduled = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private revision = 0;

  constructor(private readonly parts: Parts) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  view(attemptId: string): CallAnswers {
    let view = this.views.get(attemptId);
    if (view === undefined) {
      const pending = this.pending(attemptId);
      view = { ...NOTHING, page: pending.page, visited: pending.visited, given: {} };
      for (const [id, one] of Object.entries(pending.answers)) view.given[id] = one.value;
      this.views.set(attemptId, view);
      if (this.hasPending(pending)) this.schedule(attemptId, 0);
    }
    return view;
  }

  /** Sends what an earlier page of this tab has left, of whatever call. */
  resume(): void {
    for (let index = 0; index < this.parts.storage.length; index += 1) {
      const key = this.parts.storage.key(index);
      if (key?.startsWith(PREFIX)) this.view(key.slice(PREFIX.length));
    }
  }

  answer(attemptId: string, id: string, value: Answer, column: string | null, base: string): void {
    const pending = this.pending(attemptId);
    const view = this.view(attemptId);
    const before = pending.answers[id];
    const conflict = view.conflicts[id];
    pending.answers[id] = {
      value,
      column,
      base: column === null ? null : (conflict?.value ?? before?.base ?? base),
    };
    this.keep(attemptId, pending);
    const { [id]: _error, ...errors } = view.errors;
    const { [id]: _conflict, ...conflicts } = view.conflicts;
    const given = { ...view.given, [id]: value };
    this.tell(attemptId, { given, errors, conflicts, state: "saving" });
    this.schedule(attemptId, DELAY_MS);
  }

  move(attemptId: string, page: string, visited: string[]): void {
    const pending = this.pending(attemptId);
    this.keep(attemptId, { ...pending, page, visited, moved: true });
    this.tell(attemptId, { page, visited });
    this.schedule(attemptId, DELAY_MS);
  }

  /** Sends now; whether everything has been acknowledged. */
  async flush(attemptId: string): Promise<boolean> {
    for (;;) {
      const running = this.sending.get(attemptId);
      if (running !== undefined) {
        if (!(await running)) return false;
        continue;
      }
      const pending = this.pending(attemptId);
      if (!this.hasPending(pending)) return true;
      const sent = this.send(attemptId, pending);
      this.sending.set(attemptId, sent);
      const good = await sent;
      this.sending.delete(attemptId);
      if (!good) return false;
    }
  }

  private async send(attemptId: string, pending: Pending): Promise<boolean> {
    this.revision = Math.max(this.revision + 1, Math.floor(this.parts.now()));
    const answers = Object.fromEntries(
      Object.entries(pending.answers).map(([id, { value, base }]) => [id, { value, base }]),
    );
    const { page, visited } = pending;
    try {
      const saved = await this.parts.put(attemptId, {
        revision: this.revision,
        page,
        visited,
        answers,
      });
      this.revision = Math.max(this.revision, saved.revision);
      this.failures.delete(attemptId);
      this.acknowledge(attemptId, pending, saved);
      return true;
    } catch (error) {
      return this.failed(attemptId, pending, error);
    }
  }

  private acknowledge(attemptId: string, sent: Pending, saved: SavedAnswers): void {
    const now = this.pending(attemptId);
    for (const [id, one] of Object.entries(sent.answers)) {
      const later = now.answers[id];
      if (later === undefined) continue;
      if (same(later.value, one.value)) delete now.answers[id];
      else if (later.column !== null) later.base = saved.data[later.column] ?? "";
    }
    if (now.page === sent.page && now.visited.length === sent.visited.length) now.moved = false;
    this.keep(attemptId, now);
    const conflicts = { ...this.view(attemptId).conflicts };
    for (const id of Object.keys(sent.answers)) delete conflicts[id];
    for (const one of saved.conflicts) {
      if (now.answers[one.field] === undefined) conflicts[one.field] = one;
    }
    const state = this.hasPending(now) ? "saving" : "saved";
    this.tell(attemptId, { data: saved.data, conflicts, state });
    if (state === "saving") this.schedule(attemptId, DELAY_MS);
  }

  private failed(attemptId: string, sent: Pending, error: unknown): boolean {
    const known = error instanceof ApiError ? error : null;
    if (known === null || known.status === 0 || known.status >= 500 || known.status === 429) {
      const failures = (this.failures.get(attemptId) ?? 0) + 1;
      this.failures.set(attemptId, failures);
      this.tell(attemptId, { state: "offline" });
      this.schedule(attemptId, Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures));
      return false;
    }
    const errors: Record<string, string> = {};
    for (const [field, message] of Object.entries(known.fields)) {
      if (field.startsWith("answers.")) errors[field.slice("answers.".length)] = message;
    }
    const pending = this.pending(attemptId);
    if (known.status === 422 && Object.keys(errors).some((id) => id in sent.answers)) {
      for (const id of Object.keys(errors)) delete pending.answers[id];
      this.keep(attemptId, pending);
      this.tell(attemptId, { errors: { ...this.view(attemptId).errors, ...errors } });
      if (this.hasPending(pending)) this.schedule(attemptId, 0);
      return true;
    }
    this.parts.storage.removeItem(PREFIX + attemptId);
    this.tell(attemptId, { state: "refused", errors: { "": known.message } });
    return true;
  }

  private hasPending(pending: Pending): boolean {
    return pending.moved || Object.keys(pending.answers).length > 0;
  }

  private pending(attemptId: string): Pending {
    const kept = this.parts.storage.getItem(PREFIX + attemptId);
    const none: Pending = { answers: {}, page: "", visited: [], moved: false };
    return kept === null ? none : { ...none, ...(JSON.parse(kept) as Partial<Pending>) };
  }

  private keep(attemptId: string, pending: Pending): void {
    if (this.hasPending(pending)) {
      this.parts.storage.setItem(PREFIX + attemptId, JSON.stringify(pending));
    } else this.parts.storage.removeItem(PREFIX + attemptId);
  }

  private schedule(attemptId: string, ms: number): void {
    if (this.scheduled.has(attemptId)) return;
    this.scheduled.add(attemptId);
    this.parts.wait(() => {
      this.scheduled.delete(attemptId);
      void this.flush(attemptId);
    }, ms);
  }

  private tell(attemptId: string, change: Partial<CallAnswers>): void {
    this.views.set(attemptId, { ...this.view(attemptId), ...change });
    for (const listener of this.listeners) listener();
  }
}

const same = (a: Answer, b: Answer) => JSON.stringify(a) === JSON.stringify(b);

export const answerOutbox = new AnswerOutbox({
  put: (attemptId, body) => api.put<SavedAnswers>(`/agent/script-answers/${attemptId}`, body),
  storage: sessionStorage,
  now: serverNow,
  wait: (act, ms) => setTimeout(act, ms),
});
