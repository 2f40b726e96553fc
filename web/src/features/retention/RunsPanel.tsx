import { Stack, Text } from "@mantine/core";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import type { DataClass, RetentionRun } from "./types";

/** What was removed lately. */
export function RunsPanel({ runs }: { runs: RetentionRun[] }) {
  const t = useText();
  const formats = useFormats();
  const said = (run: RetentionRun) => {
    const parts = Object.entries(run.removed).map(
      ([name, count]) => `${t.classes[name as DataClass]}: ${formats.count(count)}`,
    );
    if (run.problem !== "") parts.push(t.runs.problem);
    else if (run.ended_at === null) parts.push(t.runs.running);
    return parts.length > 0 ? parts.join(" · ") : t.runs.none;
  };
  return (
    <Panel title={t.runs.title}>
      <Stack gap={6}>
        {runs.length === 0 && (
          <Text size="sm" c="dimmed">
            {t.runs.nothing}
          </Text>
        )}
        {runs.map((run) => (
          <Text key={run.retention_run_id} size="sm">
            <b>{formats.dateTime(run.started_at)}</b> {said(run)}
          </Text>
        ))}
      </Stack>
    </Panel>
  );
}
