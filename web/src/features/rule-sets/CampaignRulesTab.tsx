import { ActionIcon, Group, Select, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconGitBranch, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Campaign, RuleFiring } from "@/api/types";
import { CampaignOutcomes } from "@/features/outcomes/CampaignOutcomes";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { errorText } from "@/shared/errors";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { useCampaignRuleSets, useRuleSets } from "./useRuleSets";

/** On a campaign's page: the rule sets it asks, and what their rules have done. */
export function CampaignRulesTab({ campaign }: { campaign: Campaign }) {
  const all = useText();
  const t = all.campaign;
  const shared = useSharedText();
  const formats = useFormats();
  const client = useQueryClient();
  const mayWrite = usePermission("campaigns.write");
  const given = useCampaignRuleSets(campaign.campaign_id);
  const every = useRuleSets();
  const firings = useKeysetList<RuleFiring>(
    ["rule-firings", campaign.campaign_id],
    `/campaigns/${campaign.campaign_id}/rule-firings`,
    {},
    { refetchInterval: 10_000 },
  );
  const give = useMutation({
    mutationFn: (ids: string[]) =>
      api.put(`/campaigns/${campaign.campaign_id}/rule-sets`, { rule_set_ids: ids }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["rule-sets"] });
      toast.success(t.saved);
    },
    onError: (error) => toast.error(errorText(error, shared)),
  });
  if (given.isPending) return <Loading />;
  if (given.data === undefined) {
    return <LoadError error={given.error} onRetry={() => void given.refetch()} />;
  }
  const ids = given.data.map((one) => one.rule_set_id);
  const moved = (from: number, to: number) => {
    const next = [...ids];
    next.splice(to, 0, ...next.splice(from, 1));
    give.mutate(next);
  };
  return (
    <Stack>
      <Panel title={t.title} text={t.text}>
        <Stack gap="xs">
          {given.data.length === 0 && (
            <Text size="sm" c="dimmed">
              {t.none}
            </Text>
          )}
          {given.data.map((one, index) => (
            <Group key={one.rule_set_id} gap="xs">
              <TextLink to="/rule-sets/$ruleSetId" params={{ ruleSetId: one.rule_set_id }} fw={560}>
                {index + 1}. {one.name}
              </TextLink>
              <StatusBadge tone="info">{all.kinds[one.kind]}</StatusBadge>
              {mayWrite && (
                <>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={index === 0 || give.isPending}
                    aria-label={t.up(one.name)}
                    onClick={() => moved(index, index - 1)}
                  >
                    <IconArrowUp size={17} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={index === ids.length - 1 || give.isPending}
                    aria-label={t.down(one.name)}
                    onClick={() => moved(index, index + 1)}
                  >
                    <IconArrowDown size={17} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={give.isPending}
                    aria-label={t.takeOut(one.name)}
                    onClick={() => give.mutate(ids.filter((id) => id !== one.rule_set_id))}
                  >
                    <IconX size={17} />
                  </ActionIcon>
                </>
              )}
            </Group>
          ))}
          {mayWrite && (
            <Select
              maw={360}
              aria-label={t.choose}
              placeholder={t.choose}
              searchable
              disabled={give.isPending}
              value={null}
              data={(every.data ?? [])
                .filter((one) => !ids.includes(one.rule_set_id))
                .map((one) => ({
                  value: one.rule_set_id,
                  label: `${one.name} (${all.kinds[one.kind]})`,
                }))}
              onChange={(id) => id !== null && give.mutate([...ids, id])}
            />
          )}
        </Stack>
      </Panel>
      <Panel title={t.history}>
        <DataTable
          label={t.history}
          list={firings}
          rowKey={(row) => String(row.rule_firing_id)}
          empty={<EmptyState icon={IconGitBranch} title={t.historyNone} />}
          columns={[
            { key: "at", header: t.at, render: (row) => formats.dateTime(row.at) },
            {
              key: "number",
              header: t.number,
              render: (row) => (
                <TextLink to="/contacts/$contactId" params={{ contactId: row.contact_id }}>
                  {formatNumber(row.number)}
                </TextLink>
              ),
            },
            {
              key: "rule",
              header: t.rule,
              render: (row) => `${row.rule_set_name} · ${row.name}`,
            },
            {
              key: "actions",
              header: t.actions,
              render: (row) =>
                row.actions.map((action) => all.actionTypes[action] ?? action).join(", "),
            },
            {
              key: "call",
              header: t.call,
              wide: true,
              render: (row) => (row.attempt_id === null ? t.noCall : t.withCall),
            },
          ]}
        />
      </Panel>
      <CampaignOutcomes campaignId={campaign.campaign_id} />
    </Stack>
  );
}
