import { Table } from "@mantine/core";
import type { Spread, Summary } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import classes from "./Comparison.module.css";
import { type Kind, type Row, rowsOf } from "./comparison-rows";
import { useText } from "./messages";

/** Every measure of the simulated day beside that of the present settings. */
export function Comparison(props: { asked: Summary; present: Summary; agentless: boolean }) {
  const { asked, present, agentless } = props;
  const t = useText().result;
  return (
    <Panel title={t.comparison} text={t.comparisonText}>
      <Table className={classes.table} verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t.metric}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t.asked}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t.present}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t.difference}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(asked, present, agentless).map((row) => (
            <Table.Tr key={row.metric}>
              <Table.Th scope="row">{t.metrics[row.metric]}</Table.Th>
              <Table.Td ta="right">
                <Range kind={row.kind} spread={row.asked} />
              </Table.Td>
              <Table.Td ta="right">
                <Range kind={row.kind} spread={row.present} />
              </Table.Td>
              <Table.Td ta="right" className={classes.change} data-tone={row.tone}>
                <Change row={row} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function useValue(): (kind: Kind, value: number) => string {
  const formats = useFormats();
  return (kind, value) =>
    ({
      count: () => formats.count(Math.round(value)),
      few: () => formats.count(Math.round(value)),
      rate: () => formats.rate(value),
      seconds: () => `${formats.decimal(value)} s`,
      minutes: () => `${formats.count(Math.round(value / 60))} min`,
      decimal: () => formats.decimal(value, 1),
    })[kind]();
}

/** Without its unit, which stands behind the end of a range. */
function useBare(): (kind: Kind, value: number) => string {
  const formats = useFormats();
  const value = useValue();
  return (kind, low) => {
    if (kind === "rate") return formats.decimal(low * 100, 1);
    if (kind === "minutes") return formats.count(Math.round(low / 60));
    return kind === "seconds" ? formats.decimal(low) : value(kind, low);
  };
}

function Range({ kind, spread }: { kind: Kind; spread: Spread }) {
  const value = useValue();
  const bare = useBare();
  const { mean, low, high } = spread;
  if (mean === null) return "–";
  return (
    <>
      <b>{value(kind, mean)}</b>
      {low !== null && high !== null && (
        <span className={classes.range}>
          {bare(kind, low)} – {value(kind, high)}
        </span>
      )}
    </>
  );
}

function Change({ row }: { row: Row }) {
  const t = useText().result;
  const formats = useFormats();
  const value = useValue();
  if (row.change === null) return "–";
  if (!row.clear) return t.unclear;
  const sign = row.change > 0 ? "+" : "−";
  const size = Math.abs(row.change);
  if (row.kind === "count") return `${sign}${formats.rate(Math.round(size * 100) / 100)}`;
  if (row.kind === "rate") return `${sign}${t.points(formats.decimal(size * 100, 1))}`;
  return `${sign}${value(row.kind, size)}`;
}
