import { Table } from "@mantine/core";
import type { CallResultRow } from "@/api/types";
import { ScrollRegion } from "@/shared/ScrollRegion";
import { useFormats } from "@/shared/useFormats";
import { share } from "./figures";
import classes from "./HeatMap.module.css";
import { useText } from "./messages";

interface Props {
  label: string;
  rows: readonly CallResultRow[];
  rowName: (row: CallResultRow) => string;
}

/** Counts of each row, and what part of its calls they are. */
export function ResultsTable({ label, rows, rowName }: Props) {
  const t = useText();
  const { count, rate } = useFormats();
  const columns: [string, (row: CallResultRow) => number][] = [
    [t.connected, (row) => row.connected],
    [t.persons, (row) => row.persons],
    [t.machines, (row) => row.machines],
    [t.faxes, (row) => row.faxes],
    [t.busy, (row) => row.busy],
    [t.noAnswer, (row) => row.no_answer],
    [t.invalid, (row) => row.invalid],
    [t.sit, (row) => row.sit],
    [t.refused, (row) => row.refused],
  ];
  return (
    <ScrollRegion className={classes.scroll} label={label}>
      <Table aria-label={label} miw={900}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{label}</Table.Th>
            <Table.Th ta="right">{t.attempts}</Table.Th>
            {columns.map(([name]) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowName(row)}>
              <Table.Th scope="row">{rowName(row)}</Table.Th>
              <Table.Td ta="right">{count(row.attempts)}</Table.Td>
              {columns.map(([name, value]) => (
                <Table.Td key={name} ta="right" title={rate(share(value(row), row.attempts) ?? 0)}>
                  {count(value(row))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
