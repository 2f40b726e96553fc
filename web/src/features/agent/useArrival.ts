/** Says by sound, title and screen reader that a call or a record has come. */

import { useEffect, useState } from "react";
import type { AgentState } from "@/api/types";
import { playArrival } from "./sounds";

export type Arrival = { attemptId: string; kind: "call" | "record" | "alert" } | null;

/** What has come: a call when it is connected, a record when it is offered, a caller who is to
 * be taken or refused. */
export function arrivalOf(agent: AgentState | null): Arrival {
  const attempt = agent?.attempt;
  if (!attempt) return null;
  if (agent.status === "on_call" && attempt.state === "connected") {
    return { attemptId: attempt.attempt_id, kind: "call" };
  }
  if (agent.status === "previewing") return { attemptId: attempt.attempt_id, kind: "record" };
  if (agent.status === "alerting") return { attemptId: attempt.attempt_id, kind: "alert" };
  return null;
}

/** The last one that was heard: several places on the screen may show the same arrival. */
let heard = "";

/** The newest arrival; null when nothing came or it has gone. Sounds once for each. */
export function useArrival(agent: AgentState | null): Arrival {
  const arrival = arrivalOf(agent);
  const key = arrival === null ? "" : `${arrival.kind}:${arrival.attemptId}`;
  const [shown, setShown] = useState<Arrival>(null);
  // The key stands for the arrival, which is a new object with every event.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    setShown(arrival);
    if (arrival === null) return;
    if (heard !== key && arrival.kind !== "alert") playArrival(); // an alert rings on its own
    heard = key;
    const title = document.title;
    document.title = `☎ ${title}`;
    return () => {
      document.title = title;
    };
  }, [key]);
  return shown;
}
