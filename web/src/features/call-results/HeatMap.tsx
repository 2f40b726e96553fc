import { Table } from "@mantine/core";
import { ScrollRegion } from "@/shared/ScrollRegion";
import { useFormats } from "@/shared/useFormats";
import { busyHours, type HeatRow, share } from "./figures";
import classes from "./HeatMap.module.css";
import { useText } from "./messages";

interface Props {
  label: string;
  rows: readonly HeatRow[];
  rowName: (row: HeatRow) => string;
}

/** Share of calls that a person answered, by row and hour: a table whose cells are tinted. */
export function HeatMap({ label, rows, rowName }: Props) {
  const t = useText().heat;
  const formats = useFormats();
  const [first, last] = busyHours(rows);
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const shares = rows.flatMap((row) =>
    row.cells.map((cell) => (cell ? (share(cell.persons, cell.attempts) ?? 0) : 0)),
  );
  const most = Math.max(0.01, ...shares);
  return (
    <ScrollRegion className={classes.scroll} label={label}>
      <Table className={classes.map} aria-label={label} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            {hours.map((hour) => (
              <Table.Th key={hour} scope="col">
                {hour}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row" className={classes.name}>
                {rowName(row)}
              </Table.Th>
              {hours.map((hour) => {
                const cell = row.cells[hour] ?? null;
                const reached = cell ? share(cell.persons, cell.attempts) : null;
                if (cell === null || reached === null) {
                  return <Table.Td key={hour} className={classes.empty} />;
                }
                const text = formats.rate(reached);
                return (
                  <Table.Td
                    key={hour}
                    className={classes.cell}
                    style={{ "--heat": `${Math.round((reached / most) * 70)}%` }}
                    title={t.cell(rowName(row), `${hour} h`, text, formats.count(cell.attempts))}
                  >
                    {text}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
