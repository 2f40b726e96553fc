import { Table } from "@mantine/core";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import type { Ahead } from "./types";
import classes from "./Waterfall.module.css";

interface Row {
  code: string;
  message: string;
  contacts: number;
  next: string | null;
  tone: string;
}

/** The next contacts by the first rule that objects to them. */
export function AheadTable({ ahead }: { ahead: Ahead }) {
  const t = useText();
  const formats = useFormats();
  const callable = ahead.looked_at - ahead.kept_out;
  const rows: Row[] = ahead.reasons.map((reason) => ({
    code: reason.code,
    message: reason.message,
    contacts: reason.contacts,
    next: reason.next_attempt_at,
    tone: reason.next_attempt_at ? "info" : "warn",
  }));
  if (callable > 0) {
    const message = t.aheadCallable;
    rows.unshift({ code: "CALLABLE", message, contacts: callable, next: null, tone: "good" });
  }
  return (
    <Table className={`${classes.table} ${classes.plain}`} aria-label={t.ahead}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.columns.why}</Table.Th>
          <Table.Th className={classes.number}>{t.columns.contacts}</Table.Th>
          <Table.Th className={classes.number}>{t.columns.share}</Table.Th>
          <Table.Th>{t.columns.next}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.code}>
            <Table.Td className={classes.why}>
              {row.message}
              <span className={classes.track} aria-hidden>
                <span
                  className={classes.bar}
                  data-tone={row.tone}
                  style={{ width: `${(row.contacts / ahead.looked_at) * 100}%` }}
                />
              </span>
            </Table.Td>
            <Table.Td className={classes.number}>{formats.count(row.contacts)}</Table.Td>
            <Table.Td className={classes.number}>
              {formats.rate(row.contacts / ahead.looked_at)}
            </Table.Td>
            <Table.Td data-empty={row.next === null || undefined}>
              {row.next ? formats.dateTime(row.next) : "–"}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
