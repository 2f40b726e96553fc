import { ActionIcon, Group, Input, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useAllCampaigns } from "@/api/references";
import type { CampaignSequence } from "@/api/types";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import classes from "./SequenceForm.module.css";

interface Props {
  sequence: CampaignSequence | null;
  onClose: () => void;
}

/** A sequence's name, campaigns in their order, and whether it begins again. */
export function SequenceForm({ sequence, onClose }: Props) {
  const t = useText().sequences;
  const shared = useSharedText();
  const client = useQueryClient();
  const campaigns = useAllCampaigns();
  const form = useForm({
    initialValues: {
      name: sequence?.name ?? "",
      campaign_ids: sequence?.campaign_ids ?? [],
      repeats: sequence?.repeats ?? false,
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    if (sequence === null) await api.post("/campaign-sequences", values);
    else {
      await api.patch(`/campaign-sequences/${sequence.sequence_id}`, {
        ...values,
        version: sequence.version,
      });
    }
    await client.invalidateQueries({ queryKey: ["timetable"] });
    toast.success(sequence === null ? t.made : shared.saved);
    onClose();
  });
  const chosen = form.values.campaign_ids;
  const nameOf = (id: string) =>
    campaigns.data?.find((one) => one.campaign_id === id)?.name ?? id.slice(0, 8);
  const move = (from: number, to: number) => form.reorderListItem("campaign_ids", { from, to });
  const left = (campaigns.data ?? []).filter((one) => !chosen.includes(one.campaign_id));
  return (
    <FormModal
      open
      title={sequence === null ? t.add : t.edit}
      action={sequence === null ? shared.create : shared.save}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      onReload={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <Input.Wrapper label={t.campaigns} required error={form.errors.campaign_ids}>
        <Stack gap={6} mt={4} component="ol" className={classes.list}>
          {chosen.map((id, index) => (
            <Group key={id} component="li" gap={4} wrap="nowrap" className={classes.row}>
              <Text size="sm" className={classes.name}>
                {index + 1}. {nameOf(id)}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={index === 0}
                aria-label={t.up(nameOf(id))}
                onClick={() => move(index, index - 1)}
              >
                <IconArrowUp size={17} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={index === chosen.length - 1}
                aria-label={t.down(nameOf(id))}
                onClick={() => move(index, index + 1)}
              >
                <IconArrowDown size={17} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t.takeOut(nameOf(id))}
                onClick={() => form.removeListItem("campaign_ids", index)}
              >
                <IconX size={17} />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
        <Select
          mt={6}
          aria-label={t.addCampaign}
          placeholder={t.addCampaign}
          searchable
          value={null}
          data={left.map((one) => ({ value: one.campaign_id, label: one.name }))}
          onChange={(id) => id && form.insertListItem("campaign_ids", id)}
        />
      </Input.Wrapper>
      <Switch
        label={t.repeats}
        description={t.repeatsText}
        {...form.getInputProps("repeats", { type: "checkbox" })}
      />
    </FormModal>
  );
}
