/**
 * A trial: what the caller and the world around have said so far, what is still waited for, and the
 * test that plays it again. Whoever tries is the executor of the flow's actions.
 */

import { saidText } from "./shown";
import type {
  Cursor,
  Facts,
  FlowAction,
  FlowInput,
  FlowTest,
  NodeTypes,
  Passed,
  SaidPart,
  TestStep,
  TrialStep,
} from "./types";

export interface Line {
  who: "flow" | "caller" | "did";
  /** For `did`: the action's type. */
  kind: string;
  text: string;
}

export interface Trial {
  facts: Facts;
  /** Simulated, milliseconds; of the begin and of now. */
  begunAt: number;
  now: number;
  cursor: Cursor | null;
  outcome: string;
  passed: Passed[];
  lines: Line[];
  /** Asked and not answered yet, in order. */
  asked: FlowAction[];
  timers: Record<string, number>;
  queue: FlowAction | null;
  recording: string;
  steps: TestStep[];
  data: NonNullable<FlowTest["data"]>;
  results: Record<string, string>;
}

export const ANSWERED_BY_HAND = [
  "ask_hours",
  "ask_incidents",
  "look_up",
  "transfer",
  "open_recordings",
  "next_recording",
  "keep_recording",
];
const ANSWERS = ["hours_told", "incidents_told", "looked_up", "transfer_ended", "recording_told"];
const SAYING_MS = 2_000;

export const begun = (facts: Facts, at: number): Trial => ({
  facts,
  begunAt: at,
  now: at,
  cursor: null,
  outcome: "",
  passed: [],
  lines: [],
  asked: [],
  timers: {},
  queue: null,
  recording: "",
  steps: [],
  data: {},
  results: {},
});

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const TOLD: Record<string, (action: FlowAction) => string> = {
  send_message: (one) => `${text(one.to)} (${text(one.channel)}, ${text(one.template)})`,
  add_to_dnc: (one) => text(one.number),
  remember_language: (one) => text(one.language),
  note_outcome: (one) => `${text(one.name)} = ${text(one.value)}`,
  offer_callback: (one) => text(one.number),
  keep_voicemail: (one) => text(one.text),
  notify_when_over: (one) => text(one.to),
  leave_queue: () => "",
  hang_up: () => "",
};

/** The trial after a step of the server. */
export function stepped(trial: Trial, step: TrialStep): Trial {
  const next: Trial = {
    ...trial,
    cursor: step.cursor,
    outcome: step.outcome,
    passed: [...trial.passed, ...step.trail],
    lines: [...trial.lines],
    asked: [...trial.asked],
    timers: { ...trial.timers },
    results: { ...trial.results },
  };
  for (const one of step.actions) {
    const told = TOLD[one.type];
    if (told) next.lines.push({ who: "did", kind: one.type, text: told(one) });
    if (one.type === "say") {
      const words = saidText((one.parts ?? []) as SaidPart[], text(one.language));
      next.lines.push({ who: "flow", kind: "", text: words });
    } else if (one.type === "set_timer") next.timers[text(one.timer)] = Number(one.seconds);
    else if (one.type === "cancel_timer") delete next.timers[text(one.timer)];
    else if (one.type === "enter_queue") next.queue = one;
    else if (one.type === "leave_queue") next.queue = null;
    else if (one.type === "record") next.recording = text(one.recording);
    else if (one.type === "note_outcome") next.results[text(one.name)] = text(one.value);
    else if (ANSWERED_BY_HAND.includes(one.type)) next.asked.push(one);
  }
  if (step.cursor === null)
    Object.assign(next, { asked: [], queue: null, recording: "", timers: {} });
  return next;
}

/** What ends by itself: what is being said. Null when the world or the caller has to do something. */
export function byItself(trial: Trial): FlowInput | null {
  const playback = trial.cursor?.state.playback;
  if (playback === undefined || trial.facts.medium === "text") return null;
  return { type: "playback_ended", playback: String(playback) };
}

/** The timer that runs down when the caller does nothing. */
export function timerOf(trial: Trial): { name: string; seconds: number } {
  const name = String(trial.cursor?.state.timer ?? trial.cursor?.limit_timer ?? "");
  return { name, seconds: trial.timers[name] ?? 1 };
}

export interface Told {
  input: FlowInput;
  /** As a step of the test; null: none, the test does it by itself. */
  step: TestStep | null;
  line: string;
  milliseconds: number;
  data?: Partial<Trial["data"]>;
}

/** The trial with what is about to be told; the answer of the server comes by `stepped`. */
export function telling(trial: Trial, told: Told): Trial {
  const type = told.input.type;
  return {
    ...trial,
    now: trial.now + told.milliseconds,
    lines: told.line
      ? [...trial.lines, { who: "caller", kind: type, text: told.line }]
      : trial.lines,
    asked: ANSWERS.includes(type) ? trial.asked.slice(1) : trial.asked,
    queue: type === "queue_left" ? null : trial.queue,
    recording: type === "recorded" ? "" : trial.recording,
    steps: told.step === null ? trial.steps : withStep(trial.steps, told.step),
    data: merged(trial.data, told.data ?? {}),
  };
}

const merged = (old: Trial["data"], more: Partial<Trial["data"]>): Trial["data"] => ({
  ...old,
  ...more,
  ...(more.sources ? { sources: { ...old.sources, ...more.sources } } : {}),
  ...(more.hours ? { hours: { ...old.hours, ...more.hours } } : {}),
});

/** Keys one after the other are one step. */
function withStep(steps: TestStep[], step: TestStep): TestStep[] {
  const last = steps.at(-1);
  if (typeof step.press === "string" && typeof last?.press === "string") {
    return [...steps.slice(0, -1), { press: last.press + step.press }];
  }
  return [...steps, step];
}

/** What happens when what is being said ends. */
export const said = (input: FlowInput): Told => ({
  input,
  step: null,
  line: "",
  milliseconds: SAYING_MS,
});

/** Whether the present node waits for something that the caller does. */
export function listens(trial: Trial, kinds: NodeTypes, nodeType: string | undefined): boolean {
  if (trial.cursor === null || nodeType === undefined) return false;
  return kinds.get(nodeType)?.asks === true || nodeType === "incidents";
}

/** The test that plays this trial again. Null facts and data that say nothing are left out. */
export function testOf(trial: Trial, name: string): FlowTest {
  const { medium, ...facts } = trial.facts;
  const given = Object.fromEntries(
    Object.entries(facts).filter(([, value]) =>
      typeof value === "string" ? value !== "" : Object.keys(value).length > 0,
    ),
  );
  return {
    name,
    ...(medium === "text" ? { medium } : {}),
    now: new Date(trial.begunAt).toISOString(),
    facts: given,
    steps: trial.steps,
    ...(Object.keys(trial.data).length > 0 ? { data: trial.data } : {}),
    expected: {
      trail: trial.passed.map((one) => one.node),
      ...(trial.outcome ? { outcome: trial.outcome } : {}),
      ...(Object.keys(trial.results).length > 0 ? { results: trial.results } : {}),
    },
  };
}
