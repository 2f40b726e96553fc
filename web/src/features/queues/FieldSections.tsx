import { Select, SimpleGrid, Switch } from "@mantine/core";
import { usePrompts } from "@/features/call-analysis/useCallAnalysis";
import { Panel } from "@/shared/Panel";
import { PercentInput } from "@/shared/PercentInput";
import { ChoiceField, NumberField, SecondsField, type SectionProps } from "./fields";
import { useText } from "./messages";

const KEYS = Object.fromEntries([..."0123456789*#"].map((key) => [key, key]));
const COLUMNS = { base: 1, sm: 2 };

/** How skills, the preferred and the last agent count. */
export function ChoiceSection(props: SectionProps) {
  const t = useText().choice;
  return (
    <Panel title={t.title}>
      <SimpleGrid cols={COLUMNS}>
        <ChoiceField {...props} name="evaluation" label={t.evaluation} words={t.evaluations} />
        <SecondsField {...props} name="preferred_wait_seconds" label={t.preferred} />
        <ChoiceField {...props} name="last_agent" label={t.lastAgent} words={t.lastAgents} />
        <SecondsField {...props} name="last_agent_wait_seconds" label={t.lastWait} />
      </SimpleGrid>
    </Panel>
  );
}

/** Music, announcements and the callback that is offered. */
export function HeardSection(props: SectionProps) {
  const t = useText().heard;
  const prompts = usePrompts();
  return (
    <Panel title={t.title} text={t.announceHelp}>
      <SimpleGrid cols={COLUMNS}>
        <Select
          label={t.music}
          placeholder={t.ownMusic}
          clearable
          disabled={props.readOnly}
          data={(prompts.data ?? []).map((one) => ({ value: one.prompt_id, label: one.name }))}
          {...props.form.getInputProps("music_prompt_id")}
        />
        <span />
        <ChoiceField {...props} name="announce" label={t.announce} words={t.announces} />
        <SecondsField {...props} name="announce_every_seconds" label={t.every} />
        <SecondsField
          {...props}
          name="callback_after_seconds"
          label={t.callback}
          help={t.callbackHelp}
        />
        <ChoiceField {...props} name="callback_first" label={t.first} words={t.firsts} />
        <ChoiceField {...props} name="callback_key" label={t.key} words={KEYS} />
        <NumberField {...props} name="callback_tries" label={t.tries} help={t.triesHelp} />
        <SecondsField {...props} name="callback_retry_seconds" label={t.retry} />
        <SecondsField
          {...props}
          name="callback_expires_seconds"
          label={t.expires}
          help={t.expiresHelp}
        />
      </SimpleGrid>
    </Panel>
  );
}

/** After-call work and the service level. */
export function AfterSection(props: SectionProps) {
  const t = useText().after;
  return (
    <Panel title={t.title}>
      <SimpleGrid cols={COLUMNS}>
        <ChoiceField {...props} name="after_call" label={t.afterCall} words={t.afterCalls} />
        <SecondsField {...props} name="after_call_seconds" label={t.seconds} />
        <PercentInput
          label={t.share}
          min={0.01}
          max={1}
          {...props.form.getInputProps("service_level_share")}
        />
        <SecondsField {...props} name="service_level_seconds" label={t.within} />
        <SecondsField {...props} name="short_abandon_seconds" label={t.short} />
        <SecondsField
          {...props}
          name="alarm_wait_seconds"
          label={t.alarmWait}
          help={t.alarmWaitHelp}
        />
      </SimpleGrid>
      <Switch
        mt="md"
        label={t.alarmLevel}
        description={t.alarmLevelHelp}
        disabled={props.readOnly}
        {...props.form.getInputProps("alarm_service_level", { type: "checkbox" })}
      />
    </Panel>
  );
}

/** What campaigns may have of the queue's idle agents. */
export function OutboundSection(props: SectionProps) {
  const t = useText().outbound;
  return (
    <Panel title={t.title} text={t.text}>
      <SimpleGrid cols={COLUMNS}>
        <NumberField {...props} name="keep_free" label={t.keep} />
        <SecondsField {...props} name="outbound_below_seconds" label={t.below} help={t.belowHelp} />
      </SimpleGrid>
    </Panel>
  );
}
