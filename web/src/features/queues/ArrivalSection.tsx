import { Select, SimpleGrid, Switch } from "@mantine/core";
import { useLibrary } from "@/features/prompts/usePrompts";
import { Panel } from "@/shared/Panel";
import { ChoiceField, SecondsField, type SectionProps } from "./fields";
import { useText } from "./messages";

/** Whether agents are asked before they have a caller, and what they hear before. */
export function ArrivalSection(props: SectionProps) {
  const t = useText().arrival;
  const prompts = useLibrary();
  const whisper = props.form.getInputProps("whisper_prompt");
  const asked = props.form.values.arrival === "asked";
  return (
    <Panel title={t.title} text={t.text}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <ChoiceField {...props} name="arrival" label={t.how} words={t.ways} />
        {asked ? (
          <SecondsField {...props} name="alert_seconds" label={t.seconds} help={t.secondsHelp} />
        ) : (
          <Switch
            label={t.tone}
            description={t.toneHelp}
            disabled={props.readOnly}
            mt={{ base: 0, sm: 26 }}
            {...props.form.getInputProps("arrival_tone", { type: "checkbox" })}
          />
        )}
        <Select
          label={t.whisper}
          description={t.whisperHelp}
          placeholder={t.noWhisper}
          clearable
          searchable
          disabled={props.readOnly}
          data={(prompts.data ?? []).map((one) => ({ value: one.key, label: one.name }))}
          {...whisper}
          value={props.form.values.whisper_prompt || null}
          onChange={(key) => whisper.onChange(key ?? "")}
        />
      </SimpleGrid>
    </Panel>
  );
}
