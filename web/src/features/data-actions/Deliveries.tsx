import { Button, Select, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { DataAction, DataDelivery } from "@/api/types";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { errorText, useErrorText } from "@/shared/errors";
import { Panel } from "@/shared/Panel";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { DATA_ACTIONS } from "./useDataActions";

const TONES: Record<DataDelivery["state"], Tone> = {
  waiting: "info",
  done: "good",
  given_up: "bad",
};
const STATES = ["waiting", "done", "given_up"] as const;

/** What rules have told by a data action, the newest first. */
export function Deliveries({ action, mayRetry }: { action: DataAction; mayRetry: boolean }) {
  const t = useText();
  const formats = useFormats();
  const errors = useErrorText();
  const client = useQueryClient();
  const [state, setState] = useState("");
  const path = `/data-actions/${action.data_action_id}/deliveries`;
  const list = useKeysetList<DataDelivery>(
    [...DATA_ACTIONS, action.data_action_id, "deliveries"],
    path,
    { state },
  );
  const retry = useMutation({
    mutationFn: (id: string) => api.post(`${path}/${id}/retry`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: DATA_ACTIONS });
      toast.success(t.retried);
    },
    onError: (error) => toast.error(errorText(error, errors)),
  });
  return (
    <Panel
      title={t.deliveries}
      text={t.deliveriesText}
      actions={
        <Select
          aria-label={t.state}
          w={150}
          allowDeselect={false}
          value={state}
          data={[
            { value: "", label: t.all },
            ...STATES.map((value) => ({ value, label: t.deliveryStates[value] })),
          ]}
          onChange={(value) => setState(value ?? "")}
        />
      }
    >
      <DataTable
        label={t.deliveries}
        list={list}
        rowKey={(row) => row.delivery_id}
        empty={<EmptyState icon={IconSend} title={t.deliveriesNone} />}
        columns={[
          { key: "at", header: t.at, render: (row) => formats.dateTime(row.created_at) },
          {
            key: "rule",
            header: t.rule,
            wide: true,
            render: (row) => `${row.rule_set_name} · ${row.rule_name}`,
          },
          {
            key: "state",
            header: t.state,
            render: (row) => (
              <StatusBadge tone={TONES[row.state]}>{t.deliveryStates[row.state]}</StatusBadge>
            ),
          },
          {
            key: "tries",
            header: t.tries,
            align: "right",
            render: (row) => formats.count(row.tries),
          },
          {
            key: "outcome",
            header: t.outcome,
            wide: true,
            render: (row) => <Outcome row={row} />,
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              mayRetry &&
              row.state === "given_up" && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => retry.mutate(row.delivery_id)}
                >
                  {t.retry}
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Outcome({ row }: { row: DataDelivery }) {
  const t = useText();
  const formats = useFormats();
  const parts = [
    row.status === null ? "" : `HTTP ${row.status}`,
    row.message,
    row.next_at && row.tries > 0 ? t.next(formats.time(row.next_at)) : "",
    row.written.length > 0 ? t.written(row.written.join(", ")) : "",
  ].filter((part) => part !== "");
  return <Text size="sm">{parts.join(" · ") || "–"}</Text>;
}
