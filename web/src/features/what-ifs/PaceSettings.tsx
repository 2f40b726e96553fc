import { NumberInput, Select, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { AUTOMATIC_MODES } from "@/features/pacing/pace-form";
import { useLanguage } from "@/i18n/language";
import { PercentInput } from "@/shared/PercentInput";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import type { WhatIfValues } from "./what-if-form";

/** The mode of the simulated day, and what it asks for. */
export function PaceSettings({ form }: { form: UseFormReturnType<WhatIfValues> }) {
  const t = useText().form;
  const words = useWords();
  const language = useLanguage();
  const { mode } = form.values;
  const number = { decimalScale: 1, decimalSeparator: language === "fr" ? "," : "." };
  return (
    <Stack gap="sm">
      <Select
        label={t.mode}
        allowDeselect={false}
        data={AUTOMATIC_MODES.map((value) => ({ value, label: words.modes[value] }))}
        {...form.getInputProps("mode")}
      />
      {mode === "power" && (
        <NumberInput
          label={t.ratio}
          min={1}
          max={15}
          step={0.1}
          {...number}
          {...form.getInputProps("calls_per_agent")}
        />
      )}
      {mode === "predictive" && (
        <>
          <PercentInput
            label={t.target}
            min={0.001}
            max={0.2}
            {...form.getInputProps("abandon_target")}
          />
          <NumberInput
            label={t.ceiling}
            min={1}
            max={50}
            step={0.5}
            {...number}
            {...form.getInputProps("calls_per_agent_ceiling")}
          />
        </>
      )}
    </Stack>
  );
}
