import { Checkbox, MultiSelect, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useAllCampaigns } from "@/api/references";
import type { NewWebhook, Page, Webhook, WebhookKind } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { WEBHOOKS } from "./useWebhooks";

interface Props {
  /** Without one, a new webhook is made. */
  webhook?: Webhook;
  onClose: () => void;
  onSaved: (saved: Webhook | NewWebhook) => void;
}

export function WebhookForm({ webhook, onClose, onSaved }: Props) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const campaigns = useAllCampaigns(usePermission("campaigns.read"));
  const kinds = useQuery({
    queryKey: ["webhook-kinds"],
    queryFn: ({ signal }) => api.get<Page<WebhookKind>>("/webhook-kinds", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const form = useForm({
    initialValues: {
      url: webhook?.url ?? "https://",
      description: webhook?.description ?? "",
      kinds: webhook?.kinds ?? ([] as string[]),
      campaign_ids: webhook?.campaign_ids ?? ([] as string[]),
      personal_data: webhook?.personal_data ?? false,
      active: webhook === undefined || webhook.state === "on",
    },
    validate: {
      url: (url) => (/^https?:\/\/./.test(url.trim()) ? null : shared.needed),
      kinds: (chosen) => (chosen.length === 0 ? shared.needed : null),
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const body = { ...values, url: values.url.trim() };
    const { active, ...rest } = body;
    const wasOn = webhook?.state === "on";
    const saved = webhook
      ? await api.patch<Webhook>(`/webhooks/${webhook.webhook_id}`, {
          ...(active === wasOn ? rest : body),
          version: webhook.version,
        })
      : await api.post<NewWebhook>("/webhooks", body);
    await client.invalidateQueries({ queryKey: WEBHOOKS });
    onSaved(saved);
  });
  return (
    <FormModal
      open
      size="lg"
      title={webhook ? t.edit : t.add}
      action={webhook ? shared.save : shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t.url}
        description={t.urlHelp}
        type="url"
        inputMode="url"
        required
        data-autofocus
        {...form.getInputProps("url")}
      />
      <TextInput
        label={t.description}
        description={t.descriptionHelp}
        maxLength={500}
        {...form.getInputProps("description")}
      />
      <Checkbox.Group label={t.kinds} required {...form.getInputProps("kinds")}>
        <Stack gap={8} mt={6}>
          {(kinds.data?.items ?? []).map(({ kind }) => (
            <Checkbox
              key={kind}
              value={kind}
              label={t.kindNames[kind as keyof typeof t.kindNames] ?? kind}
              description={kind}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <MultiSelect
        label={t.campaigns}
        description={t.campaignsHelp}
        searchable
        clearable
        data={(campaigns.data ?? []).map((one) => ({ value: one.campaign_id, label: one.name }))}
        {...form.getInputProps("campaign_ids")}
      />
      <Switch
        label={t.personal}
        description={t.personalHelp}
        {...form.getInputProps("personal_data", { type: "checkbox" })}
      />
      <Switch label={t.active} {...form.getInputProps("active", { type: "checkbox" })} />
    </FormModal>
  );
}
