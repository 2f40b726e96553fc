import { Alert, Stack, Table, Text } from "@mantine/core";
import { IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import type { ReplayResult, Result } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import classes from "./Comparison.module.css";
import { useText } from "./messages";
import { replayRows, totalOf } from "./replay-rows";

/** Whether the day came out as it was recorded, and what was changed. */
export function Exactness({ result }: { result: ReplayResult }) {
  const t = useText().replay;
  const changed = result.settings_changed.map(
    (name) => t.settings[name as keyof typeof t.settings] ?? name,
  );
  return (
    <Stack gap="sm">
      <Alert
        color={result.exact ? "green" : changed.length > 0 ? "blue" : "yellow"}
        icon={result.exact ? <IconCircleCheck /> : <IconInfoCircle />}
        title={result.exact ? t.exact : t.notExact}
        styles={{ title: { color: "inherit" } }}
      >
        {!result.exact && t.notExactText}
      </Alert>
      {changed.length > 0 && <Text size="sm">{t.changed(changed.join(", "))}</Text>}
    </Stack>
  );
}

/** Counts by result of the recorded day and of the day played again. */
export function ReplayTable({ result }: { result: ReplayResult }) {
  const t = useText().replay;
  const words = useWords();
  const formats = useFormats();
  const rows = replayRows(result);
  const line = (name: string, recorded: number, replayed: number) => {
    const change = replayed - recorded;
    return (
      <Table.Tr key={name} className={change === 0 ? undefined : classes.differs}>
        <Table.Th scope="row">{name}</Table.Th>
        <Table.Td ta="right">{formats.count(recorded)}</Table.Td>
        <Table.Td ta="right">{formats.count(replayed)}</Table.Td>
        <Table.Td ta="right">
          {change === 0 ? "0" : `${change > 0 ? "+" : "−"}${formats.count(Math.abs(change))}`}
        </Table.Td>
      </Table.Tr>
    );
  };
  return (
    <Panel title={t.title}>
      <Table className={classes.table} verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t.result}</Table.Th>
            {[t.recorded, t.replayed, t.difference].map((head) => (
              <Table.Th key={head} scope="col" ta="right">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) =>
            line(words.results[row.result as Result] ?? row.result, row.recorded, row.replayed),
          )}
          {line(t.all, totalOf(rows, "recorded"), totalOf(rows, "replayed"))}
          {line(t.live, result.live_answers.recorded, result.live_answers.replayed)}
          {line(t.conversations, result.conversations.recorded, result.conversations.replayed)}
          {line(t.abandoned, result.abandoned.recorded, result.abandoned.replayed)}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
