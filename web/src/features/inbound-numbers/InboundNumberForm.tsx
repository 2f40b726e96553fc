import { Select, Switch, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useAllCampaigns } from "@/api/references";
import type { InboundNumber } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { useFlowChoices } from "./useFlowChoices";

const BELOW = ["label", "input", "description", "error"] as (
  | "label"
  | "input"
  | "description"
  | "error"
)[];

interface Props {
  /** null: a new one. */
  number: InboundNumber | null;
  onClose: () => void;
}

/** A number with what answers it. */
export function InboundNumberForm({ number, onClose }: Props) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const flows = useFlowChoices();
  const campaigns = useAllCampaigns();
  const inbound = campaigns.data?.filter((one) => one.mode === "inbound");
  const form = useForm({
    initialValues: {
      number: number ? formatNumber(number.number) : "",
      label: number?.label ?? "",
      flow_id: number?.flow_id ?? (null as string | null),
      campaign_id: number?.campaign_id ?? (null as string | null),
      active: number?.active ?? true,
    },
    validate: {
      number: (value) => (value.trim() === "" ? shared.needed : null),
      flow_id: (value) => (value === null ? shared.needed : null),
      campaign_id: (value) => (value === null ? shared.needed : null),
    },
  });
  const refresh = () => client.invalidateQueries({ queryKey: ["inbound-numbers"] });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    if (number) {
      const path = `/inbound-numbers/${number.inbound_number_id}`;
      await api.patch(path, { ...values, version: number.version });
    } else {
      await api.post("/inbound-numbers", values);
    }
    await refresh();
    toast.success(t.saved);
    onClose();
  });
  return (
    <FormModal
      open
      title={number ? t.edit(formatNumber(number.number)) : t.add}
      action={number ? shared.save : shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      onReload={() => {
        void refresh();
        onClose();
      }}
    >
      <TextInput
        label={t.number}
        description={t.numberHelp}
        inputWrapperOrder={BELOW}
        type="tel"
        required
        data-autofocus
        {...form.getInputProps("number")}
      />
      <TextInput
        label={t.label}
        description={t.labelHelp}
        inputWrapperOrder={BELOW}
        maxLength={200}
        {...form.getInputProps("label")}
      />
      <Select
        label={t.flow}
        description={flows.data?.length === 0 ? t.noFlows : t.flowHelp}
        inputWrapperOrder={BELOW}
        required
        searchable
        data={(flows.data ?? []).map((one) => ({
          value: one.flow_id,
          label: one.published_version === null ? t.draft(one.name) : one.name,
        }))}
        {...form.getInputProps("flow_id")}
      />
      <div>
        <Select
          label={t.campaign}
          description={t.campaignHelp}
          inputWrapperOrder={BELOW}
          required
          searchable
          data={(inbound ?? []).map((one) => ({ value: one.campaign_id, label: one.name }))}
          {...form.getInputProps("campaign_id")}
        />
        {inbound?.length === 0 && (
          <Text size="sm" c="dimmed" mt={4}>
            {t.noCampaigns}{" "}
            <TextLink to="/campaigns/new" td="underline">
              {t.makeCampaign}
            </TextLink>
          </Text>
        )}
      </div>
      <Switch
        label={t.activeLabel}
        description={t.activeHelp}
        {...form.getInputProps("active", { type: "checkbox" })}
      />
    </FormModal>
  );
}
