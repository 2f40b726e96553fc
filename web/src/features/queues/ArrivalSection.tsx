import { SimpleGrid, Switch } from "@mantine/core";
import { Panel } from "@/shared/Panel";
import { ChoiceField, SecondsField, type SectionProps } from "./fields";
import { useText } from "./messages";

/** Whether agents are asked before they have a caller. */
export function ArrivalSection(props: SectionProps) {
  const t = useText().arrival;
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
      </SimpleGrid>
    </Panel>
  );
}
