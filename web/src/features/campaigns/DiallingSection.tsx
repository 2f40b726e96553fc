import { NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { useQueues, useTrunks } from "@/api/references";
import { formatNumber } from "@/formats/phone";
import { DurationInput } from "@/shared/DurationInput";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { FlowField } from "./FlowField";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";
import { ResponseSetField } from "./ResponseSetField";

const BELOW: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];
const SHORT = ["s", "min"] as const;

export function DiallingSection({ running }: { running: boolean }) {
  const words = useText().form;
  const t = words.dialling;
  const formats = useFormats();
  const form = useCampaignForm();
  const queues = useQueues();
  const trunks = useTrunks();
  const { values } = form;
  const queue = queues.data?.find((one) => one.queue_id === values.queue_id);
  const agentless = values.mode === "agentless";
  const trunk = trunks.data?.find((one) => one.trunk_id === values.trunk_id);
  return (
    <div id="dialling">
      <Panel title={t.title}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t.queue}
              required
              disabled={running}
              description={
                agentless
                  ? words.agentless.queueHelp
                  : queue
                    ? t.members(queue.member_user_ids.length)
                    : queues.data?.length === 0
                      ? t.noQueues
                      : undefined
              }
              inputWrapperOrder={BELOW}
              data={(queues.data ?? []).map((one) => ({ value: one.queue_id, label: one.name }))}
              {...form.getInputProps("queue_id")}
            />
            <Select
              label={t.trunk}
              required
              disabled={running}
              description={
                trunk &&
                t.trunkHelp(formats.count(trunk.lines), formats.count(trunk.calls_per_second))
              }
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
              label={t.callerId}
              required
              description={t.callerIdHelp}
              inputWrapperOrder={BELOW}
              data={(trunk?.caller_ids ?? []).map((number) => ({
                value: number,
                label: formatNumber(number),
              }))}
              {...form.getInputProps("caller_id")}
            />
            <NumberInput
              label={t.linesReserved}
              description={t.linesReservedHelp}
              inputWrapperOrder={BELOW}
              min={0}
              max={trunk?.lines}
              allowDecimal={false}
              {...form.getInputProps("lines_reserved")}
            />
            {!agentless && (
              <NumberInput
                label={t.linesMost}
                description={t.linesMostHelp}
                inputWrapperOrder={BELOW}
                min={0}
                max={10_000}
                allowDecimal={false}
                {...form.getInputProps("lines_most")}
              />
            )}
            <TextInput label={t.callerName} maxLength={60} {...form.getInputProps("caller_name")} />
            <DurationInput
              label={t.timeout}
              units={SHORT}
              {...form.getInputProps("no_answer_timeout_seconds")}
            />
            <DurationInput
              label={t.afterCall}
              description={t.afterCallHelp}
              units={SHORT}
              {...form.getInputProps("after_call_limit_seconds")}
            />
          </SimpleGrid>
          <Switch
            label={t.analysis}
            description={t.analysisHelp}
            {...form.getInputProps("call_analysis", { type: "checkbox" })}
          />
          <ResponseSetField />
          <FlowField
            name="abandon_flow_id"
            label={words.agentless.abandonFlow}
            help={words.agentless.abandonFlowHelp}
          />
        </Stack>
      </Panel>
    </div>
  );
}
