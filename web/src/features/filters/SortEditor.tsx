import { ActionIcon, Button, Select, Text } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useFieldOptions } from "./ClauseRow";
import classes from "./Filters.module.css";
import { fieldKey } from "./filter-draft";
import { useText } from "./messages";
import type { FilterField, SortKey } from "./types";

const MOST = 4;

interface Props {
  keys: readonly SortKey[];
  fields: readonly FilterField[];
  errors: (index: number) => React.ReactNode;
  onChange: (keys: SortKey[]) => void;
}

const keyOf = (key: SortKey): string =>
  key.property ? `property:${key.property}` : `column:${key.column}`;

/** Up to four keys by which contacts are called, the first one first. */
export function SortEditor({ keys, fields, errors, onChange }: Props) {
  const t = useText();
  const sortable = fields.filter((field) => field.sortable);
  const options = useFieldOptions(sortable);
  const change = (index: number, part: Partial<SortKey>) =>
    onChange(keys.map((key, place) => (place === index ? { ...key, ...part } : key)));

  function add() {
    const free = sortable.find((field) => !keys.some((key) => keyOf(key) === fieldKey(field)));
    if (!free) return;
    const name = free.is_property ? { property: free.name } : { column: free.name };
    const key = { column: null, property: null, descending: false, empty_first: false, ...name };
    onChange([...keys, key]);
  }

  return (
    <div style={{ display: "grid", gap: 10 }}>
      {keys.length === 0 && (
        <Text size="sm" c="dimmed">
          {t.section.listOrder}
        </Text>
      )}
      {keys.map((key, index) => (
        <div className={classes.key} key={keyOf(key)}>
          <Select
            label={t.sort.key(index + 1)}
            searchable
            allowDeselect={false}
            data={options}
            value={keyOf(key)}
            error={errors(index)}
            onChange={(chosen) => {
              const field = sortable.find((one) => fieldKey(one) === chosen);
              if (field && !keys.some((one) => keyOf(one) === chosen))
                change(index, {
                  column: field.is_property ? null : field.name,
                  property: field.is_property ? field.name : null,
                });
            }}
          />
          <Select
            label={t.sort.direction}
            allowDeselect={false}
            data={[
              { value: "up", label: t.sort.ascending },
              { value: "down", label: t.sort.descending },
            ]}
            value={key.descending ? "down" : "up"}
            onChange={(chosen) => change(index, { descending: chosen === "down" })}
          />
          <Select
            label={t.sort.empty}
            allowDeselect={false}
            data={[
              { value: "last", label: t.sort.emptyLast },
              { value: "first", label: t.sort.emptyFirst },
            ]}
            value={key.empty_first ? "first" : "last"}
            onChange={(chosen) => change(index, { empty_first: chosen === "first" })}
          />
          <div className={classes.tools}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.sort.up(index + 1)}
              disabled={index === 0}
              onClick={() => {
                const next = [...keys];
                next.splice(index - 1, 0, ...next.splice(index, 1));
                onChange(next);
              }}
            >
              <IconArrowUp size={17} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.sort.remove(index + 1)}
              onClick={() => onChange(keys.filter((_, place) => place !== index))}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </div>
        </div>
      ))}
      {keys.length < MOST && (
        <div>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={15} />}
            onClick={add}
          >
            {t.sort.add}
          </Button>
        </div>
      )}
    </div>
  );
}
