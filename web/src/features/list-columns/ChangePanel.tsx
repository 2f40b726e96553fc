import { Alert, Button, Group, Progress, Radio, Stack, Table, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { ColumnChange } from "@/api/types/lists";
import { usePermission } from "@/features/session/session";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

export function useChangeTitle(): (change: ColumnChange) => string {
  const t = useText().change;
  return (change) => {
    if (change.kind === "order") return t.order;
    if (change.kind === "rename") return t.rename(change.column, change.name);
    return t[change.kind](change.column);
  };
}

/** A change that is not done: how far it is, or what a person must decide. */
export function ChangePanel({ change }: { change: ColumnChange }) {
  const t = useText();
  const formats = useFormats();
  const title = useChangeTitle();
  const share = change.contacts_total > 0 ? change.contacts_done / change.contacts_total : 1;
  const waits = change.state === "checked";
  return (
    <Panel
      title={title(change)}
      text={
        waits
          ? t.checkedTitle
          : t.progress(formats.count(change.contacts_done), formats.count(change.contacts_total))
      }
      actions={
        <StatusBadge tone={waits ? "warn" : "info"} pulse={!waits}>
          {t.states[change.state]}
        </StatusBadge>
      }
    >
      {change.error && (
        <Alert color="red" mb="sm" role="alert">
          {t.error} {change.error}
        </Alert>
      )}
      {waits ? (
        <Decision change={change} />
      ) : (
        <Progress value={share * 100} size="lg" animated striped aria-label={title(change)} />
      )}
    </Panel>
  );
}

function Decision({ change }: { change: ColumnChange }) {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const mayWrite = usePermission("lists.write");
  const [unfit, setUnfit] = useState<"keep" | "clear">("keep");
  const [busy, setBusy] = useState(false);
  const { report } = change;

  async function send(what: "apply" | "cancel") {
    setBusy(true);
    try {
      const body = what === "apply" ? { unfit } : {};
      await api.post(`/column-changes/${change.column_change_id}/${what}`, body);
      await client.invalidateQueries({ queryKey: ["column-changes"] });
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack gap="sm">
      <Text size="sm">{t.filled(formats.count(report.filled))}</Text>
      {change.kind === "kind" && (
        <Text size="sm" {...(report.unfit > 0 ? { c: "var(--kwabo-bad)", fw: 600 } : {})}>
          {report.unfit > 0 ? t.unfit(report.unfit, formats.count(report.unfit)) : t.fits}
        </Text>
      )}
      {report.without_number > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle />}>
          {t.withoutNumber(report.without_number, formats.count(report.without_number))}
        </Alert>
      )}
      {report.samples.length > 0 && (
        <Table.ScrollContainer minWidth={0} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="right">{t.row}</Table.Th>
                <Table.Th>{t.value}</Table.Th>
                <Table.Th>{t.reason}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.samples.map((sample) => (
                <Table.Tr key={sample.row}>
                  <Table.Td ta="right" className="tabular">
                    {formats.count(sample.row)}
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{sample.value}</Table.Td>
                  <Table.Td c="dimmed">{sample.message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {report.unfit > 0 && (
        <Radio.Group
          label={t.unfitChoice}
          value={unfit}
          onChange={(value) => setUnfit(value as "keep" | "clear")}
        >
          <Stack gap={8} mt={6}>
            <Radio value="keep" label={t.keepUnfit} description={t.keepHelp} />
            <Radio value="clear" label={t.clearUnfit} />
          </Stack>
        </Radio.Group>
      )}
      {mayWrite && (
        <Group gap="sm">
          <Button loading={busy} onClick={() => void send("apply")}>
            {t.apply}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => void send("cancel")}>
            {t.giveUp}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
