import { NumberInput, SimpleGrid } from "@mantine/core";
import { useTrunks } from "@/api/references";
import { FlowField } from "./FlowField";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

/** What a campaign without agents asks for: its flow, and the lines that are its pace. */
export function AgentlessFields() {
  const t = useText().form.agentless;
  const form = useCampaignForm();
  const trunks = useTrunks();
  const trunk = trunks.data?.find((one) => one.trunk_id === form.values.trunk_id);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <FlowField name="flow_id" label={t.flow} help={t.flowHelp} required />
      <NumberInput
        label={t.lines}
        description={t.linesHelp}
        inputWrapperOrder={["label", "input", "description", "error"]}
        required
        min={1}
        max={trunk?.lines ?? 10_000}
        allowDecimal={false}
        {...form.getInputProps("lines_most")}
      />
    </SimpleGrid>
  );
}
