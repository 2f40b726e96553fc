/** Call analysis of one attempt as names with values; what is not known is left out. */

import type { AttemptAnalysis, AttemptRow, ReactionType } from "@/api/types";
import type { useText } from "./messages";

interface Words {
  t: ReturnType<typeof useText>["analysis"];
  reactions: Record<ReactionType, string>;
  decimal: (value: number) => string;
  /** The name of the queue that the call went to, when it was not the campaign's. */
  queue: string | null;
}

type Fact = readonly [name: string, value: string];

export function analysisFacts(
  attempt: AttemptRow,
  analysis: AttemptAnalysis,
  words: Words,
): Fact[] {
  const { t, decimal } = words;
  const facts: Fact[] = [];
  const add = (name: string, value: string | null | undefined) => {
    if (value) facts.push([name, value]);
  };
  if (analysis.result) {
    const verdict = t.verdicts[analysis.result];
    add(
      t.verdict,
      analysis.seconds === null ? verdict : t.after(verdict, decimal(analysis.seconds)),
    );
  }
  add(t.reason, analysis.cause);
  add(t.engine, [analysis.engine, analysis.terms].filter(Boolean).join(": "));
  add(t.reaction, analysis.reaction && words.reactions[analysis.reaction]);
  add(t.queue, words.queue);
  add(t.message, message(attempt, analysis, words));
  if (analysis.early_media) {
    const { early_seconds: seconds } = analysis;
    add(t.early, seconds === null ? t.earlyYes : t.earlySeconds(decimal(seconds)));
  }
  add(t.tone, analysis.tone && (t.tones[analysis.tone] ?? analysis.tone));
  add(
    t.announcement,
    analysis.announcement && (t.announcements[analysis.announcement] ?? analysis.announcement),
  );
  add(t.line, analysis.network_answer === null ? null : t.lineOf(analysis.network_answer));
  return facts;
}

function message(attempt: AttemptRow, analysis: AttemptAnalysis, { t, decimal }: Words) {
  if (analysis.message_seconds === null) return null;
  if (attempt.message_started_at === null) return t.messages.never;
  const length = decimal(analysis.message_seconds);
  if (analysis.message_whole === null) return t.messages.unknown(length);
  return analysis.message_whole ? t.messages.whole(length) : t.messages.part(length);
}
