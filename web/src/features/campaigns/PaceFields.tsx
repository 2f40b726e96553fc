import { Alert, NumberInput, Select, SimpleGrid } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import type { AbandonWindow, Mode } from "@/api/types";
import { automatic } from "@/features/pacing/pace-form";
import { useLanguage } from "@/i18n/language";
import { PercentInput } from "@/shared/PercentInput";
import { asksFor } from "./campaign-form";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const BELOW = ["label", "input", "description", "error"] as (
  | "label"
  | "input"
  | "description"
  | "error"
)[];

const WINDOWS: readonly AbandonWindow[] = ["day", "30_days"];

/** What the mode asks for: how far ahead of its agents a campaign may call, and its share of them. */
export function PaceFields({ mode }: { mode: Mode }) {
  const t = useText().form.modes;
  const language = useLanguage();
  const form = useCampaignForm();
  if (!automatic(mode)) return null;
  const number = {
    inputWrapperOrder: BELOW,
    decimalSeparator: language === "fr" ? "," : ".",
  };
  return (
    <>
      {mode === "predictive" && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <PercentInput
              label={t.target}
              description={t.targetHelp}
              min={0.001}
              max={0.2}
              {...form.getInputProps("abandon_target")}
            />
            <Select
              label={t.window}
              allowDeselect={false}
              data={WINDOWS.map((value) => ({ value, label: t.windows[value] }))}
              {...form.getInputProps("abandon_window")}
            />
          </SimpleGrid>
          <Alert color="blue" icon={<IconScale />}>
            {t.law}
          </Alert>
        </>
      )}
      <SimpleGrid cols={{ base: 1, sm: mode === "progressive" ? 2 : 3 }}>
        {asksFor(mode, "calls_per_agent") && (
          <NumberInput
            label={t.ratio}
            description={t.ratioHelp}
            min={1}
            max={15}
            step={0.1}
            decimalScale={1}
            {...number}
            {...form.getInputProps("calls_per_agent")}
          />
        )}
        {asksFor(mode, "calls_per_agent_ceiling") && (
          <NumberInput
            label={t.ceiling}
            description={t.ceilingHelp}
            min={1}
            max={50}
            step={0.5}
            decimalScale={1}
            {...number}
            {...form.getInputProps("calls_per_agent_ceiling")}
          />
        )}
        <NumberInput
          label={t.weight}
          description={t.weightHelp}
          min={1}
          max={100}
          allowDecimal={false}
          {...number}
          {...form.getInputProps("weight")}
        />
        <NumberInput
          label={t.keptFree}
          description={t.keptFreeHelp}
          min={0}
          max={100}
          allowDecimal={false}
          {...number}
          {...form.getInputProps("agents_kept_free")}
        />
      </SimpleGrid>
    </>
  );
}
