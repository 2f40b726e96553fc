import { Radio, SimpleGrid, Stack, Switch } from "@mantine/core";
import { DurationInput } from "@/shared/DurationInput";
import { Panel } from "@/shared/Panel";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const SHORT = ["s", "min"] as const;

export function PreviewSection({ running }: { running: boolean }) {
  const t = useText().form.previewing;
  const form = useCampaignForm();
  return (
    <div id="preview">
      <Panel title={t.title}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Radio.Group label={t.delivery} {...form.getInputProps("preview_delivery")}>
            <Stack gap={8} mt={6}>
              <Radio value="push" label={t.push} disabled={running} />
              <Radio value="fetch" label={t.fetch} disabled={running} />
            </Stack>
          </Radio.Group>
          <DurationInput
            label={t.timer}
            description={t.timerHelp}
            units={SHORT}
            {...form.getInputProps("preview_timeout_seconds")}
          />
          <Switch
            label={t.skip}
            {...form.getInputProps("preview_skip_allowed", { type: "checkbox" })}
          />
        </SimpleGrid>
      </Panel>
    </div>
  );
}
