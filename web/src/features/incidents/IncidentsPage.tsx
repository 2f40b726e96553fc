import { Box, Button, Group, SegmentedControl, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { IncidentForm } from "./IncidentForm";
import { useText } from "./messages";
import { OpeningPanel } from "./OpeningPanel";
import type { Incident } from "./types";

export function IncidentsPage() {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const writes = usePermission("incidents.write");
  const [state, setState] = useState("declared");
  const [edited, setEdited] = useState<Incident | "new" | null>(null);
  const [ending, setEnding] = useState<Incident | null>(null);
  const list = useKeysetList<Incident>(
    ["incidents"],
    "/incidents",
    { state },
    { refetchInterval: 15_000 },
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {writes && <Button onClick={() => setEdited("new")}>{t.declare}</Button>}
      </PageHeader>
      <SegmentedControl
        mb="md"
        aria-label={t.state}
        value={state}
        data={[
          { value: "declared", label: t.open },
          { value: "over", label: t.over },
        ]}
        onChange={setState}
      />
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.incident_id}
        empty={<EmptyState icon={IconAlertTriangle} title={t.nothing} text={t.nothingText} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <>
                <Text size="sm" fw={600}>
                  {row.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {[row.service, ...row.communes, ...row.cells].filter(Boolean).join(", ") ||
                    t.everywhere}
                </Text>
              </>
            ),
          },
          {
            key: "end",
            header: t.end,
            wide: true,
            render: (row) => (row.expected_end ? formats.dateTime(row.expected_end) : "–"),
          },
          {
            key: "heard",
            header: t.heard,
            align: "right",
            render: (row) => formats.count(row.heard),
          },
          {
            key: "notices",
            header: t.notices,
            wide: true,
            render: (row) =>
              t.noticesOf(
                formats.count(row.notices.asked + row.notices.waiting),
                formats.count(row.notices.sent),
              ),
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              writes &&
              row.state === "declared" && (
                <Group gap="xs" justify="flex-end">
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={t.changeTitle(row.name)}
                    onClick={() => setEdited(row)}
                  >
                    {t.change}
                  </Button>
                  <Button size="xs" variant="default" onClick={() => setEnding(row)}>
                    {t.endIt}
                  </Button>
                </Group>
              ),
          },
        ]}
      />
      <Box mt="md">
        <OpeningPanel />
      </Box>
      {edited && (
        <IncidentForm incident={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        open={ending !== null}
        title={t.endTitle(ending?.name ?? "")}
        action={t.endIt}
        onClose={() => setEnding(null)}
        onConfirm={async () => {
          await api.post(`/incidents/${ending?.incident_id}/over`, {});
          await client.invalidateQueries({ queryKey: ["incidents"] });
          toast.success(t.ended);
        }}
      >
        {t.endText}
      </ConfirmDialog>
    </>
  );
}
