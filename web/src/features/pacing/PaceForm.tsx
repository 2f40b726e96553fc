import { Button, Group, NumberInput, Radio, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Campaign } from "@/api/types";
import { useLanguage } from "@/i18n/language";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { PercentInput } from "@/shared/PercentInput";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import { AUTOMATIC_MODES, emptiedField, paceBody, paceOf } from "./pace-form";

interface Props {
  campaign: Campaign;
  /** After someone else has changed the campaign. */
  onReload: () => void;
  onDone: () => void;
}

export function PaceForm({ campaign, onReload, onDone }: Props) {
  const t = useText().controls;
  const shared = useSharedText();
  const words = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const form = useForm({
    initialValues: paceOf(campaign),
    validate: (values) => {
      const field = emptiedField(values);
      return field === null ? {} : { [field as string]: shared.needed };
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.patch(`/campaigns/${campaign.campaign_id}`, {
      ...paceBody(values),
      version: campaign.version,
    });
    await client.invalidateQueries({ queryKey: ["campaigns"] });
    toast.success(t.applied);
    onDone();
  });
  const { mode } = form.values;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <FormProblem problem={problem} onReload={onReload} />
        <Radio.Group label={t.mode} {...form.getInputProps("mode")}>
          <Stack gap={7} mt={6}>
            {AUTOMATIC_MODES.map((one) => (
              <Radio key={one} value={one} label={words.modes[one]} />
            ))}
          </Stack>
        </Radio.Group>
        {mode === "predictive" && (
          <PercentInput
            label={t.target}
            min={0.001}
            max={0.2}
            {...form.getInputProps("abandon_target")}
          />
        )}
        {mode === "power" && (
          <NumberInput
            label={t.ratio}
            min={1}
            max={15}
            step={0.1}
            decimalScale={1}
            decimalSeparator={language === "fr" ? "," : "."}
            {...form.getInputProps("calls_per_agent")}
          />
        )}
        <Text size="xs" c="dimmed">
          {t.text}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" size="xs" loading={busy}>
            {t.apply}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
