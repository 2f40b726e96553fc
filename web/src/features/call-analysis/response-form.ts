/** A response set in a form: one reaction for each result, also where the document has none. */

import type {
  AnalysisResult,
  PossibleReactions,
  Reaction,
  ReactionType,
  ResponseSet,
  Sensitivity,
} from "@/api/types";

export interface ReactionValues {
  type: ReactionType;
  prompt_id: string | null;
  after_greeting: boolean;
  queue_id: string | null;
  retry_seconds: number;
  flow_id: string | null;
}

export type ResponseSetValues = {
  name: string;
  live_person_detection: Sensitivity;
  fax_detection: boolean;
  beep_detection: boolean;
  reactions: Record<string, ReactionValues>;
};

export const ANSWERED: readonly AnalysisResult[] = [
  "callable_person",
  "callable_machine",
  "callable_fax",
  "callable_lineconnected",
];
const FIRST_RETRY_SECONDS = 1800;

export function valuesOf(
  kept: ResponseSet,
  possible: readonly PossibleReactions[],
): ResponseSetValues {
  const reactions: Record<string, ReactionValues> = {};
  for (const { result, otherwise } of possible) {
    const written = kept.reactions[result];
    reactions[result] = {
      type: written?.type ?? otherwise,
      prompt_id: written?.prompt_id ?? null,
      after_greeting: written?.after_greeting ?? true,
      queue_id: written?.queue_id ?? null,
      retry_seconds: written?.retry_seconds ?? FIRST_RETRY_SECONDS,
      flow_id: written?.flow_id ?? null,
    };
  }
  const { name, live_person_detection, fax_detection, beep_detection } = kept;
  return { name, live_person_detection, fax_detection, beep_detection, reactions };
}

function reactionOf(result: string, values: ReactionValues): Reaction {
  switch (values.type) {
    case "play_file":
      return {
        type: "play_file",
        prompt_id: values.prompt_id ?? "",
        after_greeting: values.after_greeting,
      };
    case "flow":
      return {
        type: "flow",
        flow_id: values.flow_id ?? "",
        after_greeting: result === "callable_machine" && values.after_greeting,
      };
    case "queue":
      return { type: "queue", queue_id: values.queue_id };
    case "retry":
      return { type: "retry", retry_seconds: values.retry_seconds };
    default:
      return { type: values.type };
  }
}

export function bodyOf(values: ResponseSetValues) {
  const reactions = Object.fromEntries(
    Object.entries(values.reactions).map(([result, reaction]) => [
      result,
      reactionOf(result, reaction),
    ]),
  );
  return { ...values, reactions };
}
