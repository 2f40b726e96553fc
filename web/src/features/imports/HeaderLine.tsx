import { Checkbox, Group, NumberInput } from "@mantine/core";
import { useState } from "react";
import type { Preview } from "@/api/types";
import { useText } from "./messages";
import type { Wizard } from "./wizard";

const MOST = 1001;

/** Which line of the file has the columns' titles, and whether one has. */
export function HeaderLine(props: {
  preview: Preview;
  wizard: Wizard;
  onChange: (change: (wizard: Wizard) => Wizard) => void;
}) {
  const t = useText().prepare;
  const { preview, wizard, onChange } = props;
  const shown = wizard.headerLine ?? preview.header_line;
  const [written, setWritten] = useState<string | number | null>(null);

  function take() {
    const line = Number(written);
    if (written !== null && written !== "" && line !== shown) {
      onChange((now) => ({ ...now, headerLine: line, touched: false }));
    }
    setWritten(null);
  }

  return (
    <Group align="flex-end" gap="md" mb="sm">
      <NumberInput
        label={wizard.hasHeader ? t.headerLine : t.firstLine}
        description={shown > 1 ? t.linesLeftOut(shown - 1) : undefined}
        inputWrapperOrder={["label", "input", "description"]}
        w={220}
        min={1}
        max={MOST}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        value={written ?? shown}
        onChange={setWritten}
        onBlur={take}
        onKeyDown={(event) => event.key === "Enter" && take()}
        hideControls
      />
      <Checkbox
        mb={shown > 1 ? 28 : 8}
        label={t.header}
        checked={wizard.hasHeader}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          onChange((now) => ({ ...now, hasHeader: checked }));
        }}
      />
    </Group>
  );
}
