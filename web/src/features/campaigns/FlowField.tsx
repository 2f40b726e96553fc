import { Select } from "@mantine/core";
import { useFlows } from "@/features/flows/useFlows";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

interface Props {
  name: "flow_id" | "abandon_flow_id";
  label: string;
  help: string;
  required?: boolean;
}

/** A flow of the campaign; a draft can be chosen, but the campaign does not start with one. */
export function FlowField({ name, label, help, required = false }: Props) {
  const t = useText().form.agentless;
  const form = useCampaignForm();
  const flows = useFlows();
  return (
    <Select
      label={label}
      description={flows.data?.length === 0 ? t.noFlows : help}
      inputWrapperOrder={["label", "input", "description", "error"]}
      required={required}
      clearable={!required}
      searchable
      placeholder={required ? undefined : t.noFlow}
      data={(flows.data ?? []).map((one) => ({
        value: one.flow_id,
        label: one.published_version === null ? t.draft(one.name) : one.name,
      }))}
      {...form.getInputProps(name)}
    />
  );
}
