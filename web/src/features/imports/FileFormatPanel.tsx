import { Group, Select, Stack } from "@mantine/core";
import type { Preview } from "@/api/types";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { useText } from "./messages";
import type { Wizard } from "./wizard";

interface Props {
  preview: Preview;
  wizard: Wizard;
  error: unknown;
  onChange: (change: (wizard: Wizard) => Wizard) => void;
}

const ENCODING_NAMES: Record<string, string> = {
  "utf-8": "UTF-8",
  "windows-1252": "Windows-1252 (Excel)",
  "utf-16": "UTF-16",
  "utf-16-le": "UTF-16 LE",
  "utf-16-be": "UTF-16 BE",
};

export function FileFormatPanel({ preview, wizard, error, onChange }: Props) {
  const t = useText().prepare;
  const delimiters: Record<string, string> = {
    ";": t.delimiters.semicolon,
    ",": t.delimiters.comma,
    "\t": t.delimiters.tab,
    "|": t.delimiters.bar,
  };
  return (
    <Panel title={t.format} text={t.formatText}>
      <Stack gap="sm">
        <FormProblem problem={error} />
        <Group align="flex-end" gap="md">
          <Select
            label={`${t.encoding}${preview.has_bom ? ` (${t.withMark})` : ""}`}
            w={290}
            allowDeselect={false}
            data={preview.encodings.map((value) => ({
              value,
              label: ENCODING_NAMES[value] ?? value,
            }))}
            value={wizard.encoding ?? preview.encoding}
            onChange={(encoding) => onChange((now) => ({ ...now, encoding, touched: false }))}
          />
          <Select
            label={t.delimiter}
            w={200}
            allowDeselect={false}
            data={preview.delimiters.map((value) => ({ value, label: delimiters[value] ?? value }))}
            value={wizard.delimiter ?? preview.delimiter}
            onChange={(delimiter) => onChange((now) => ({ ...now, delimiter, touched: false }))}
          />
        </Group>
      </Stack>
    </Panel>
  );
}
