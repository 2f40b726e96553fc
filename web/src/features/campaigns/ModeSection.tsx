import { Group, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import type { CampaignState, Mode } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { useWords } from "@/words/messages";
import { AgentlessFields } from "./AgentlessFields";
import classes from "./CampaignForm.module.css";
import { modeAllowed } from "./campaign-form";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";
import { PaceFields } from "./PaceFields";

const MODES: readonly Mode[] = [
  "progressive",
  "predictive",
  "power",
  "preview",
  "agentless",
  "inbound",
];

/** What each mode does, when to choose it, and what the chosen one asks for. */
export function ModeSection(props: { saved: Mode; state: CampaignState | undefined }) {
  const t = useText().form.modes;
  const words = useWords();
  const form = useCampaignForm();
  const closed = MODES.filter((mode) => !modeAllowed(props.saved, props.state, mode));
  return (
    <div id="mode">
      <Panel title={t.title}>
        <Stack>
          <Radio.Group label={t.mode} {...form.getInputProps("mode")}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} mt={6}>
              {MODES.map((mode) => (
                <Radio.Card
                  key={mode}
                  value={mode}
                  disabled={closed.includes(mode)}
                  className={classes.mode}
                >
                  <Group wrap="nowrap" align="flex-start">
                    <Radio.Indicator mt={2} disabled={closed.includes(mode)} />
                    <div>
                      <Text fw={600}>{words.modes[mode]}</Text>
                      <span className={classes.modeText}>
                        {t.what[mode]} <b>{t.when[mode]}</b>
                      </span>
                    </div>
                  </Group>
                </Radio.Card>
              ))}
            </SimpleGrid>
          </Radio.Group>
          {closed.length > 0 && (
            <Text size="sm" c="dimmed">
              {t.fixed}
            </Text>
          )}
          <PaceFields mode={form.values.mode} />
          {form.values.mode === "agentless" && <AgentlessFields />}
        </Stack>
      </Panel>
    </div>
  );
}
