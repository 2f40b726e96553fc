import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import { IconGitBranch, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { CampaignRule } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { EmptyState } from "@/shared/EmptyState";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { CampaignRuleForm } from "./CampaignRuleForm";
import { useText } from "./messages";
import { RuleSentences } from "./RuleSentences";
import { useCampaignRules } from "./useTimetable";

export function CampaignRulesTab() {
  const t = useText().rules;
  const client = useQueryClient();
  const mayWrite = usePermission("campaigns.write");
  const rules = useCampaignRules();
  const [editing, setEditing] = useState<CampaignRule | "new" | null>(null);
  const [deleting, setDeleting] = useState<CampaignRule | null>(null);
  if (rules.isPending) return <Loading />;
  if (rules.data === undefined) {
    return <LoadError error={rules.error} onRetry={() => void rules.refetch()} />;
  }
  const button = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setEditing("new")}>
      {t.add}
    </Button>
  );
  return (
    <Stack>
      {rules.data.length === 0 ? (
        <EmptyState icon={IconGitBranch} title={t.none} text={t.noneText}>
          {button}
        </EmptyState>
      ) : (
        <Group justify="space-between">
          <Text c="dimmed" size="sm">
            {t.text}
          </Text>
          {button}
        </Group>
      )}
      {rules.data.map((rule) => (
        <Panel
          key={rule.campaign_rule_id}
          title={rule.name}
          text={t[rule.frequency]}
          actions={
            <Group gap="xs">
              <StatusBadge tone={!rule.active ? "quiet" : rule.held ? "good" : "info"}>
                {!rule.active ? t.off : rule.held ? t.held : t.idle}
              </StatusBadge>
              {mayWrite && (
                <>
                  <ActionIcon
                    variant="default"
                    size={30}
                    aria-label={`${t.edit} – ${rule.name}`}
                    onClick={() => setEditing(rule)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="default"
                    size={30}
                    aria-label={`${t.remove} – ${rule.name}`}
                    onClick={() => setDeleting(rule)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </>
              )}
            </Group>
          }
        >
          <RuleSentences rule={rule} />
        </Panel>
      ))}
      {editing !== null && (
        <CampaignRuleForm
          rule={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        open={deleting !== null}
        danger
        title={t.removeTitle(deleting?.name ?? "")}
        action={t.remove}
        onClose={() => setDeleting(null)}
        onConfirm={async () => {
          await api.delete(`/campaign-rules/${deleting?.campaign_rule_id}`);
          await client.invalidateQueries({ queryKey: ["timetable"] });
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </Stack>
  );
}
