import { ActionIcon, Button, Select, TextInput, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { ColumnKind } from "@/api/types";
import { useWords } from "@/words/messages";
import classes from "./ColumnsEditor.module.css";
import type { DraftColumn } from "./list-form";
import { useText } from "./messages";

interface Props {
  columns: DraftColumn[];
  onChange: (columns: DraftColumn[]) => void;
  error?: string | undefined;
  /** Names of columns whose kind stays, because contacts have been read with it. */
  fixed: ReadonlySet<string>;
}

function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

export function ColumnsEditor({ columns, onChange, error, fixed }: Props) {
  const t = useText().columnEditor;
  const words = useWords();
  const kinds = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));
  const change = (index: number, part: Partial<DraftColumn>) =>
    onChange(columns.map((column, at) => (at === index ? { ...column, ...part } : column)));
  return (
    <div>
      <ul className={classes.rows}>
        {columns.map((column, index) => {
          const named = column.label || column.name || t.column(index + 1);
          const kept = fixed.has(column.name);
          return (
            <li key={column.id} className={classes.row}>
              <TextInput
                aria-label={`${t.column(index + 1)}: ${t.name}`}
                placeholder={t.name}
                value={column.name}
                disabled={kept}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <TextInput
                aria-label={`${t.column(index + 1)}: ${t.label}`}
                placeholder={column.name || t.label}
                value={column.label}
                onChange={(event) => change(index, { label: event.currentTarget.value })}
              />
              <Select
                aria-label={`${t.column(index + 1)}: ${t.kind}`}
                data={kinds}
                value={column.kind}
                disabled={kept}
                allowDeselect={false}
                onChange={(kind) => change(index, { kind: kind as ColumnKind })}
              />
              {column.kind === "time_zone" && (
                <Select
                  className={classes.about}
                  aria-label={`${t.column(index + 1)}: ${t.zoneOf}`}
                  data={[
                    { value: "", label: t.zoneOfContact },
                    ...columns
                      .filter((one) => one.kind === "phone" && one.name.trim() !== "")
                      .map((one) => ({
                        value: one.name.trim(),
                        label: t.zoneOfPhone(one.label.trim() || one.name.trim()),
                      })),
                  ]}
                  value={column.phone_column ?? ""}
                  allowDeselect={false}
                  onChange={(name) => change(index, { phone_column: name || null })}
                />
              )}
              <div className={classes.buttons}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t.up(named)}
                  disabled={index === 0}
                  onClick={() => onChange(moved(columns, index, index - 1))}
                >
                  <IconArrowUp size={17} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t.down(named)}
                  disabled={index === columns.length - 1}
                  onClick={() => onChange(moved(columns, index, index + 1))}
                >
                  <IconArrowDown size={17} />
                </ActionIcon>
                <Tooltip label={t.remove(named)}>
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={t.remove(named)}
                    disabled={kept && column.kind === "phone"}
                    onClick={() => onChange(columns.filter((_, at) => at !== index))}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                </Tooltip>
              </div>
            </li>
          );
        })}
      </ul>
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      <Button
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<IconPlus size={15} />}
        onClick={() =>
          onChange([
            ...columns,
            { id: nextId(columns), name: "", label: "", kind: "text", phone_column: null },
          ])
        }
      >
        {t.add}
      </Button>
    </div>
  );
}

const nextId = (columns: readonly DraftColumn[]) =>
  Math.max(0, ...columns.map((column) => column.id)) + 1;
