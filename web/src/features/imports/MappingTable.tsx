import { Select, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { ColumnKind, Preview, PreviewCell } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { ScrollRegion } from "@/shared/ScrollRegion";
import { useWords } from "@/words/messages";
import { HeaderLine } from "./HeaderLine";
import classes from "./MappingTable.module.css";
import { useText } from "./messages";
import { type DraftColumn, titleOf, type Wizard, withColumn } from "./wizard";

interface Props {
  preview: Preview;
  wizard: Wizard;
  /** Why the file could not be read as chosen. */
  error: unknown;
  fetching: boolean;
  onChange: (change: (wizard: Wizard) => Wizard) => void;
}

const NEW = "";

/** Each column's kind and name above its first cells, as they would be stored. */
export function MappingTable({ preview, wizard, error, fetching, onChange }: Props) {
  const t = useText().prepare;
  const bad = preview.rows.reduce(
    (sum, row) =>
      sum +
      row.cells.filter((cell, at) => cell.code !== null && wizard.columns[at]?.kind !== "ignore")
        .length,
    0,
  );
  const badNumbers = preview.rows.reduce(
    (sum, row) =>
      sum +
      row.cells.filter((cell, at) => cell.code !== null && wizard.columns[at]?.kind === "phone")
        .length,
    0,
  );
  return (
    <Panel
      title={t.columns}
      text={badNumbers * 4 > preview.rows.length ? t.otherCountry : t.columnsText}
      actions={
        <span className={classes.sum} data-bad={bad > 0 || undefined} role="status">
          {bad > 0 ? (
            <IconAlertTriangle size={16} aria-hidden />
          ) : (
            <IconCheck size={16} aria-hidden />
          )}
          {bad > 0 ? t.badCells(bad) : t.noBadCells}
        </span>
      }
    >
      <FormProblem problem={error} />
      <HeaderLine preview={preview} wizard={wizard} onChange={onChange} />
      <ScrollRegion className={classes.scroll} busy={fetching} label={t.columns}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.line}>
                {t.line}
              </th>
              {wizard.columns.map((column, index) => (
                <th key={column.source} scope="col">
                  <ColumnHead
                    column={column}
                    wizard={wizard}
                    onChange={(part) => onChange((now) => withColumn(now, index, part))}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.line_number}>
                <td className={classes.line}>{row.line_number}</td>
                {row.cells.map((cell, index) => (
                  <td
                    key={preview.header[index] ?? `+${index}`}
                    data-ignored={wizard.columns[index]?.kind === "ignore" || undefined}
                  >
                    <Cell cell={cell} kind={wizard.columns[index]?.kind ?? "text"} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

function ColumnHead(props: {
  column: DraftColumn;
  wizard: Wizard;
  onChange: (part: Partial<DraftColumn>) => void;
}) {
  const t = useText().prepare;
  const words = useWords();
  const { column, wizard, onChange } = props;
  const known = wizard.list?.columns.find((one) => one.name === column.name) ?? null;
  const ignored = column.kind === "ignore";
  const title = titleOf(column.source, t.unnamed);
  const kinds = [
    ...Object.entries(words.kinds).map(([value, label]) => ({ value, label })),
    { value: "ignore", label: t.ignore },
  ];
  return (
    <div className={classes.head}>
      <span className={classes.source}>{title}</span>
      <Select
        size="xs"
        aria-label={t.kindOf(title)}
        allowDeselect={false}
        data={kinds}
        value={column.kind}
        disabled={known !== null && !ignored && wizard.list !== null && wizard.list.contacts > 0}
        onChange={(kind) => onChange({ kind: kind as ColumnKind | "ignore" })}
        comboboxProps={{ width: 170, position: "bottom-start" }}
      />
      {wizard.list && !ignored && (
        <Select
          size="xs"
          aria-label={t.fills(title)}
          allowDeselect={false}
          data={[
            ...wizard.list.columns.map((one) => ({ value: one.name, label: one.label })),
            { value: NEW, label: t.newColumn },
          ]}
          value={known?.name ?? NEW}
          onChange={(name) => {
            const target = wizard.list?.columns.find((one) => one.name === name);
            onChange(
              target
                ? { name: target.name, label: target.label, kind: target.kind }
                : { name: column.source, label: title },
            );
          }}
          comboboxProps={{ width: 190, position: "bottom-start" }}
        />
      )}
      {!ignored && known === null && (
        <TextInput
          size="xs"
          aria-label={t.nameOf(title)}
          value={column.name === column.source ? column.label : column.name}
          onChange={(event) => {
            const name = event.currentTarget.value;
            const same = column.label === column.name || column.name === column.source;
            onChange(same ? { name, label: name } : { name });
          }}
        />
      )}
    </div>
  );
}

function Cell({ cell, kind }: { cell: PreviewCell; kind: DraftColumn["kind"] }) {
  const t = useText().prepare;
  if (kind === "ignore") return <span className={classes.raw}>{cell.value}</span>;
  const values = cell.parsed === null ? [] : [cell.parsed].flat();
  const shown = values.map((value) => (kind === "phone" ? formatNumber(value) : value)).join(", ");
  return (
    <>
      {shown !== "" && <span className={kind === "phone" ? "tabular" : ""}>{shown}</span>}
      {cell.code !== null ? (
        <span className={classes.bad} title={cell.message ?? cell.code}>
          <b>{cell.value === "" ? "∅" : cell.value}</b> {cell.message ?? cell.code}
        </span>
      ) : (
        shown.replace(/\s/g, "") !== cell.value.replace(/\s/g, "") && (
          <span className={classes.raw}>{t.asWritten(cell.value)}</span>
        )
      )}
    </>
  );
}
