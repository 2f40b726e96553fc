import { SimpleGrid, Textarea, TextInput } from "@mantine/core";
import type { Column } from "@/api/types";

interface Props {
  columns: readonly Column[];
  values: Record<string, string>;
  errors: Record<string, string>;
  disabled?: boolean;
  onChange: (name: string, value: string) => void;
}

const INPUT_MODE = { number: "decimal", phone: "tel" } as const;

/** One field for each column of a list. */
export function DataFields({ columns, values, errors, disabled = false, onChange }: Props) {
  const sorted = [...columns].sort((a, b) => a.position - b.position);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {sorted.map((column) => {
        const value = values[column.name] ?? "";
        const common = {
          label: column.label,
          value,
          disabled,
          error: errors[column.name] ?? errors[`data.${column.name}`],
          onChange: (event: { currentTarget: { value: string } }) =>
            onChange(column.name, event.currentTarget.value),
        };
        if (column.kind === "text" && value.length > 60) {
          return <Textarea key={column.name} autosize minRows={2} maxRows={6} {...common} />;
        }
        const mode = column.kind === "number" || column.kind === "phone" ? column.kind : null;
        return (
          <TextInput
            key={column.name}
            {...(mode ? { inputMode: INPUT_MODE[mode] } : {})}
            {...(column.kind === "date" ? { placeholder: "2026-12-31" } : {})}
            {...common}
          />
        );
      })}
    </SimpleGrid>
  );
}
