import { ActionIcon, Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconReplace, IconTrash, IconX } from "@tabler/icons-react";
import type { ColumnKind } from "@/api/types";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import { newColumn, type TemplateColumn } from "./template-form";

interface Props {
  columns: TemplateColumn[];
  fixed: boolean;
  onChange: (columns: TemplateColumn[]) => void;
}

/** A template's columns, each with its places and what is replaced in it. */
export function ColumnRows({ columns, fixed, onChange }: Props) {
  const t = useText();
  const change = (id: number, part: Partial<TemplateColumn>) =>
    onChange(columns.map((column) => (column.id === id ? { ...column, ...part } : column)));
  return (
    <Stack gap="md">
      {columns.map((column) => (
        <ColumnRow
          key={column.id}
          column={column}
          fixed={fixed}
          onChange={(part) => change(column.id, part)}
          onRemove={() => onChange(columns.filter((one) => one.id !== column.id))}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange([...columns, newColumn(columns)])}
        >
          {t.addColumn}
        </Button>
      </div>
    </Stack>
  );
}

function ColumnRow(props: {
  column: TemplateColumn;
  fixed: boolean;
  onChange: (part: Partial<TemplateColumn>) => void;
  onRemove: () => void;
}) {
  const { column, fixed, onChange, onRemove } = props;
  const t = useText();
  const words = useWords();
  const kinds = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));
  const place = (value: string | number) => (typeof value === "number" ? value : 1);
  const replace = (index: number, part: { find?: string; replace?: string }) =>
    onChange({
      replacements: column.replacements.map((one, at) =>
        at === index ? { ...one, ...part } : one,
      ),
    });
  return (
    <Stack gap={6}>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t.source}
          w={170}
          value={column.source}
          onChange={(event) => onChange({ source: event.currentTarget.value })}
        />
        {fixed && (
          <>
            <NumberInput
              label={t.start}
              w={84}
              min={1}
              value={column.start}
              onChange={(value) => onChange({ start: place(value) })}
            />
            <NumberInput
              label={t.end}
              w={84}
              min={1}
              value={column.end}
              onChange={(value) => onChange({ end: place(value) })}
            />
          </>
        )}
        <TextInput
          label={t.target}
          w={160}
          placeholder={column.source}
          value={column.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t.label}
          w={130}
          placeholder={column.name || column.source}
          value={column.label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
        <Select
          label={t.kind}
          w={150}
          data={kinds}
          allowDeselect={false}
          value={column.kind}
          onChange={(kind) => onChange({ kind: kind as ColumnKind })}
        />
        <ActionIcon
          variant="subtle"
          size={36}
          aria-label={t.addReplacement(column.source)}
          title={t.addReplacement(column.source)}
          onClick={() =>
            onChange({ replacements: [...column.replacements, { find: "", replace: "" }] })
          }
        >
          <IconReplace size={17} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="red"
          size={36}
          aria-label={t.removeColumn(column.source)}
          onClick={onRemove}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </Group>
      {column.replacements.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: replacements have no name of their own
        <Group key={index} gap="xs" pl="lg" align="flex-end">
          <TextInput
            label={t.find}
            w={230}
            value={one.find}
            onChange={(event) => replace(index, { find: event.currentTarget.value })}
          />
          <TextInput
            label={t.replace}
            w={170}
            value={one.replace}
            onChange={(event) => replace(index, { replace: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t.removeReplacement}
            onClick={() =>
              onChange({ replacements: column.replacements.filter((_, at) => at !== index) })
            }
          >
            <IconX size={17} />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}
