import { Select, SimpleGrid } from "@mantine/core";
import { useQueues, useTrunks } from "@/api/references";
import { formatNumber } from "@/formats/phone";
import { DurationInput } from "@/shared/DurationInput";
import { Panel } from "@/shared/Panel";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const BELOW: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];
const SHORT = ["s", "min"] as const;

/** Of a campaign whose calls come in: its agents, and how their transfers go out. */
export function AnsweringSection({ running }: { running: boolean }) {
  const words = useText().form;
  const t = words.inbound;
  const form = useCampaignForm();
  const queues = useQueues();
  const trunks = useTrunks();
  const trunk = trunks.data?.find((one) => one.trunk_id === form.values.trunk_id);
  return (
    <div id="answering">
      <Panel title={t.title}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={t.queue}
            required
            disabled={running}
            description={queues.data?.length === 0 ? words.dialling.noQueues : t.queueHelp}
            inputWrapperOrder={BELOW}
            data={(queues.data ?? []).map((one) => ({ value: one.queue_id, label: one.name }))}
            {...form.getInputProps("queue_id")}
          />
          <DurationInput
            label={words.dialling.afterCall}
            description={words.dialling.afterCallHelp}
            units={SHORT}
            {...form.getInputProps("after_call_limit_seconds")}
          />
          <Select
            label={t.trunk}
            required
            disabled={running}
            description={t.trunkHelp}
            inputWrapperOrder={BELOW}
            data={(trunks.data ?? []).map((one) => ({ value: one.trunk_id, label: one.name }))}
            {...form.getInputProps("trunk_id")}
            onChange={(trunkId) => {
              const next = trunks.data?.find((one) => one.trunk_id === trunkId);
              form.setFieldValue("trunk_id", trunkId);
              form.setFieldValue("caller_id", next?.caller_ids[0] ?? null);
            }}
          />
          <Select
            label={words.dialling.callerId}
            required
            description={t.callerIdHelp}
            inputWrapperOrder={BELOW}
            data={(trunk?.caller_ids ?? []).map((number) => ({
              value: number,
              label: formatNumber(number),
            }))}
            {...form.getInputProps("caller_id")}
          />
        </SimpleGrid>
      </Panel>
    </div>
  );
}
