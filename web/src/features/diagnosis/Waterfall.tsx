import { Table } from "@mantine/core";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import type { Diagnosis, Group } from "./types";
import classes from "./Waterfall.module.css";
import { steps } from "./waterfall-steps";

export const GROUP_TONES: Record<Group, Tone> = {
  untouched: "accent",
  due: "good",
  in_progress: "good",
  agent: "violet",
  later: "info",
  change: "warn",
  finished: "quiet",
};

/** Every contact in one row; each bar begins where the one above it ends. */
export function Waterfall({ diagnosis }: { diagnosis: Diagnosis }) {
  const t = useText();
  const formats = useFormats();
  const whole = diagnosis.contacts;
  return (
    <Table className={classes.table} aria-label={t.waterfall}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.columns.group}</Table.Th>
          <Table.Th>{t.columns.why}</Table.Th>
          <Table.Th className={classes.number}>{t.columns.contacts}</Table.Th>
          <Table.Th className={classes.number}>{t.columns.share}</Table.Th>
          <Table.Th>{t.columns.next}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {steps(diagnosis.buckets, whole).map(({ bucket, start, width }) => (
          <Table.Tr key={`${bucket.group} ${bucket.code}`}>
            <Table.Td>
              <StatusBadge tone={GROUP_TONES[bucket.group]}>{t.groups[bucket.group]}</StatusBadge>
            </Table.Td>
            <Table.Td className={classes.why}>
              {bucket.message}
              <span className={classes.track} aria-hidden>
                <span
                  className={classes.bar}
                  data-tone={GROUP_TONES[bucket.group]}
                  style={{ marginInlineStart: `${start * 100}%`, width: `${width * 100}%` }}
                />
              </span>
            </Table.Td>
            <Table.Td className={classes.number}>{formats.count(bucket.contacts)}</Table.Td>
            <Table.Td className={classes.number}>{formats.rate(width)}</Table.Td>
            <Table.Td data-empty={bucket.next_attempt_at === null || undefined}>
              {bucket.next_attempt_at ? formats.dateTime(bucket.next_attempt_at) : "–"}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th colSpan={2}>{t.total}</Table.Th>
          <Table.Th className={classes.number}>{formats.count(whole)}</Table.Th>
          <Table.Th className={classes.number}>{formats.rate(1)}</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}
