import { Text } from "@mantine/core";
import { apiUrl } from "@/api/client";
import { useQueues } from "@/api/references";
import type { AttemptRow } from "@/api/types";
import { useText as useReactionText } from "@/features/call-analysis/messages";
import { usePermission } from "@/features/session/session";
import { KeyValues } from "@/shared/KeyValues";
import { useFormats } from "@/shared/useFormats";
import { analysisFacts } from "./analysis-facts";
import classes from "./CallAnalysis.module.css";
import { useText } from "./messages";

/** Who or what answered, what was done about it, and what a network said where nobody did. */
export function CallAnalysis({ attempt }: { attempt: AttemptRow }) {
  const t = useText().analysis;
  const { reactions } = useReactionText();
  const formats = useFormats();
  const mayRead = usePermission("campaigns.read");
  const mayListen = usePermission("reports.read");
  const analysis = attempt.call_analysis;
  const elsewhere = Boolean(analysis?.queue_id);
  const queues = useQueues(mayRead && elsewhere);
  if (analysis === null) return null;
  const decimal = (value: number) => formats.decimal(value, 1);
  const queue = queues.data?.find((one) => one.queue_id === analysis.queue_id)?.name ?? null;
  const rows = analysisFacts(attempt, analysis, { t, reactions, decimal, queue });
  return (
    <section className={classes.section}>
      <Text fw={650} mb="xs" component="h3">
        {t.title}
      </Text>
      <KeyValues rows={rows} />
      {analysis.recording && mayListen && (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a network says
        <audio
          className={classes.audio}
          controls
          preload="none"
          src={apiUrl(`/attempts/${attempt.attempt_id}/early-media`)}
          aria-label={t.listen}
        />
      )}
    </section>
  );
}
