import { IconWebhook } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { DataAction } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { useKeysetList } from "@/shared/useKeysetList";
import { whereOf } from "./action-form";
import { useText } from "./messages";
import { DATA_ACTIONS, STATE_TONES, stateOf } from "./useDataActions";

export function DataActionsPage() {
  const t = useText();
  const navigate = useNavigate();
  const mayWrite = usePermission("settings.write");
  const list = useKeysetList<DataAction>([...DATA_ACTIONS], "/data-actions");
  const to = "/settings/data-actions/$dataActionId";
  const open = (dataActionId: string) => void navigate({ to, params: { dataActionId } });
  return (
    <>
      <PartHeader
        title={t.title}
        text={t.text}
        add={mayWrite ? t.add : undefined}
        onAdd={() => open("new")}
      />
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.data_action_id}
        onRowClick={(row) => open(row.data_action_id)}
        empty={<EmptyState icon={IconWebhook} title={t.nothing} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <TextLink to={to} params={{ dataActionId: row.data_action_id }} fw={560}>
                {row.name}
              </TextLink>
            ),
          },
          {
            key: "url",
            header: t.url,
            wide: true,
            render: (row) => whereOf(row.settings),
          },
          {
            key: "state",
            header: t.state,
            render: (row) => (
              <StatusBadge tone={STATE_TONES[stateOf(row)]}>{t.states[stateOf(row)]}</StatusBadge>
            ),
          },
          {
            key: "rules",
            header: t.rules,
            wide: true,
            render: (row) => row.rule_sets.join(", ") || t.unused,
          },
        ]}
      />
    </>
  );
}
