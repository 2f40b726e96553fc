import { useRef, useState } from "react";
import { api } from "@/api/client";
import { nodeOf } from "./document";
import { begun, byItself, listens, said, stepped, type Told, type Trial, telling } from "./trial";
import type { Facts, FlowDocument, NodeTypes, TrialStep } from "./types";

export interface TrialState extends Trial {
  running: boolean;
  busy: boolean;
  problem: unknown;
  /** The drawing is another one than at the begin. */
  changed: boolean;
  listening: boolean;
  begin: (facts: Facts, at: number) => void;
  tell: (told: Told) => void;
}

const NOBODY: Facts = {
  caller: "",
  called: "",
  language: "",
  medium: "voice",
  person: {},
  contact: {},
};
/** More than a flow says in a row before it meets one of its limits. */
const MOST_IN_A_ROW = 600;

/** One trial of the flow as it is drawn now; each step is asked of the server. */
export function useTrial(flowId: string, draft: FlowDocument, kinds: NodeTypes): TrialState {
  const [trial, setTrial] = useState<Trial>(() => begun(NOBODY, 0));
  const [running, setRunning] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [drawn, setDrawn] = useState(draft);
  const latest = useRef(0);

  async function ask(from: Trial, first: Record<string, unknown>) {
    latest.current += 1;
    const mine = latest.current;
    setBusy(true);
    setProblem(null);
    let now = from;
    let body = first;
    try {
      for (let count = 0; count < MOST_IN_A_ROW; count += 1) {
        const step = await api.post<TrialStep>(`/flows/${flowId}/trial`, {
          draft,
          now: new Date(now.now).toISOString(),
          ...body,
        });
        if (latest.current !== mine) return;
        now = stepped(now, step);
        const ends = byItself(now);
        if (ends === null || now.asked.length > 0) break;
        now = telling(now, said(ends));
        body = { cursor: now.cursor, input: ends };
      }
      setTrial(now);
    } catch (error) {
      if (latest.current === mine) setProblem(error);
    } finally {
      if (latest.current === mine) setBusy(false);
    }
  }

  const at = trial.cursor?.flow_id === flowId ? trial.cursor.node : "";
  const type = nodeOf(draft, at)?.type;
  return {
    ...trial,
    running,
    busy,
    problem,
    changed: running && drawn !== draft,
    // A node of a flow that is run: it is taken to wait for the caller.
    listening: trial.cursor !== null && (at === "" || listens(trial, kinds, type)),
    begin: (facts, from) => {
      const fresh = begun(facts, from);
      setDrawn(draft);
      setTrial(fresh);
      setRunning(true);
      void ask(fresh, { facts });
    },
    tell: (told) => {
      if (busy || trial.cursor === null) return;
      const next = telling(trial, told);
      void ask(next, { cursor: trial.cursor, input: told.input });
    },
  };
}
