import { ActionIcon, Group } from "@mantine/core";
import { IconPencil, IconPhoneIncoming, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useAllCampaigns } from "@/api/references";
import type { InboundNumber } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { formatNumber } from "@/formats/phone";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useKeysetList } from "@/shared/useKeysetList";
import { InboundNumberForm } from "./InboundNumberForm";
import { useText } from "./messages";
import { useFlowChoices } from "./useFlowChoices";

/** The numbers on which people call, and what answers each. */
export function InboundNumbersPage() {
  const t = useText();
  const client = useQueryClient();
  const mayWrite = usePermission("settings.write");
  const flows = useFlowChoices(usePermission("flows.read"));
  const campaigns = useAllCampaigns(usePermission("campaigns.read"));
  const list = useKeysetList<InboundNumber>(["inbound-numbers"], "/inbound-numbers");
  const [edited, setEdited] = useState<InboundNumber | "new" | null>(null);
  const [removed, setRemoved] = useState<InboundNumber | null>(null);
  const flow = (id: string) => flows.data?.find((one) => one.flow_id === id)?.name;
  const campaign = (id: string) => campaigns.data?.find((one) => one.campaign_id === id)?.name;
  const shown = removed ? formatNumber(removed.number) : "";
  return (
    <>
      <PartHeader
        title={t.title}
        text={t.text}
        add={mayWrite ? t.add : undefined}
        onAdd={() => setEdited("new")}
      />
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.inbound_number_id}
        {...(mayWrite ? { onRowClick: setEdited } : {})}
        empty={<EmptyState icon={IconPhoneIncoming} title={t.nothing} text={t.nothingText} />}
        columns={[
          {
            key: "number",
            header: t.number,
            render: (row) => (
              <b className="tabular" style={{ whiteSpace: "nowrap" }}>
                {formatNumber(row.number)}
              </b>
            ),
          },
          { key: "label", header: t.label, render: (row) => row.label || "–" },
          { key: "flow", header: t.flow, render: (row) => flow(row.flow_id) ?? "–" },
          {
            key: "campaign",
            header: t.campaign,
            render: (row) => campaign(row.campaign_id) ?? "–",
          },
          {
            key: "active",
            header: t.active,
            render: (row) => (
              <StatusBadge tone={row.active ? "good" : "quiet"}>
                {row.active ? t.on : t.off}
              </StatusBadge>
            ),
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              mayWrite && (
                <Group gap={2} justify="flex-end" wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t.edit(formatNumber(row.number))}
                    onClick={(event) => {
                      event.stopPropagation();
                      setEdited(row);
                    }}
                  >
                    <IconPencil size={17} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={t.remove(formatNumber(row.number))}
                    onClick={(event) => {
                      event.stopPropagation();
                      setRemoved(row);
                    }}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                </Group>
              ),
          },
        ]}
      />
      {edited !== null && (
        <InboundNumberForm
          number={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        open={removed !== null}
        danger
        title={t.removeTitle(shown)}
        action={t.remove(shown)}
        onClose={() => setRemoved(null)}
        onConfirm={async () => {
          await api.delete(`/inbound-numbers/${removed?.inbound_number_id}`);
          await client.invalidateQueries({ queryKey: ["inbound-numbers"] });
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}
