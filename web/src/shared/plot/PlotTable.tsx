import { Table } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/shared/messages";
import classes from "./Plot.module.css";
import type { Series } from "./series";

interface Props {
  label: string;
  minutes: readonly number[];
  minuteName: string;
  minuteText: (minute: number) => string;
  valueText: (value: number) => string;
  series: readonly Series[];
}

/** The plot's values as a table, for who cannot see it or wants the numbers. */
export function PlotTable(props: Props) {
  const t = useText().plot;
  const [open, setOpen] = useState(false);
  const cell = (one: Series, index: number): string => {
    const value = one.values[index] ?? null;
    if (value === null) return "–";
    const [low, high] = [one.low?.[index] ?? null, one.high?.[index] ?? null];
    const text = props.valueText(value);
    return low === null || high === null
      ? text
      : `${text} (${t.between(props.valueText(low), props.valueText(high))})`;
  };
  return (
    <details
      className={classes.table}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      open={open}
    >
      <summary>{t.table}</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it.
        <section className={classes.rows} tabIndex={0} aria-label={t.table}>
          <Table verticalSpacing={4} stickyHeader>
            <caption className={classes.caption}>{props.label}</caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{props.minuteName}</Table.Th>
                {props.series.map((one) => (
                  <Table.Th key={one.key} scope="col" ta="right">
                    {one.name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {props.minutes.map((minute, index) => (
                <Table.Tr key={minute}>
                  <Table.Th scope="row">{props.minuteText(minute)}</Table.Th>
                  {props.series.map((one) => (
                    <Table.Td key={one.key} ta="right" className="tabular">
                      {cell(one, index)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </details>
  );
}
