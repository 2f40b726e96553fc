import { Table } from "@mantine/core";
import type { QueueLive, QueuePeriod, WayOut } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import classes from "./QueueBoard.module.css";

/** Today beside the last half-hour, with how each figure is calculated. */
export function PeriodsPanel({ queue }: { queue: QueueLive }) {
  const all = useText();
  const t = all.periods;
  const formats = useFormats();
  const seconds = (value: number | null) => (value === null ? "–" : formats.span(value));
  const rate = (value: number | null) => (value === null ? "–" : formats.rate(value));
  const short = formats.span(queue.short_abandon_seconds);
  const rows: [string, (period: QueuePeriod) => string][] = [
    [t.offered, (one) => formats.count(one.offered)],
    [t.answered, (one) => formats.count(one.answered)],
    [
      t.abandoned,
      (one) =>
        one.short_abandoned === 0
          ? formats.count(one.abandoned)
          : `${formats.count(one.abandoned)}, ${t.short(formats.count(one.short_abandoned), short)}`,
    ],
    ...(Object.keys(t.ways) as WayOut[]).map((way): [string, (period: QueuePeriod) => string] => [
      t.ways[way],
      (one) => formats.count(one.left[way]),
    ]),
    [t.waiting, (one) => formats.count(one.waiting)],
    [t.level, (one) => rate(one.service_level)],
    [t.abandonRate, (one) => rate(one.abandon_rate)],
    [t.average, (one) => seconds(one.average_answer_seconds)],
    [t.slow, (one) => seconds(one.slow_answer_seconds)],
    [t.longest, (one) => seconds(one.longest_wait_seconds)],
  ];
  const target = all.target(
    formats.rate(queue.service_level_share),
    formats.span(queue.service_level_seconds),
  );
  return (
    <Panel title={t.title} text={target}>
      <Table className={classes.numbers}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th scope="col">{t.today}</Table.Th>
            <Table.Th scope="col">{t.lately}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              <Table.Td>{value(queue.today)}</Table.Td>
              <Table.Td>{value(queue.last_half_hour)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <details className={classes.formulas}>
        <summary>{t.formulas}</summary>
        <ul>
          {t.formulaTexts(formats.span(queue.service_level_seconds), short).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </details>
    </Panel>
  );
}
