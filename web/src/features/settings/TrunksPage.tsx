import { NumberInput, SimpleGrid, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { NetworkAnswer, Trunk } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useSubmit } from "@/shared/useSubmit";
import { EditButton } from "./EditButton";
import { useText } from "./messages";
import { NetworkAnswers } from "./NetworkAnswers";
import { PartHeader } from "./PartHeader";

export function TrunksPage() {
  const t = useText();
  const formats = useFormats();
  const mayWrite = usePermission("settings.write");
  const list = useKeysetList<Trunk>(["trunks"], "/trunks");
  const [edited, setEdited] = useState<Trunk | "new" | null>(null);
  return (
    <>
      <PartHeader
        title={t.trunks.title}
        text={t.trunks.text}
        add={mayWrite ? t.trunks.add : undefined}
        onAdd={() => setEdited("new")}
      />
      <DataTable
        label={t.trunks.title}
        list={list}
        rowKey={(row) => row.trunk_id}
        {...(mayWrite ? { onRowClick: setEdited } : {})}
        empty={<EmptyState icon={IconPlugConnected} title={t.trunks.nothing} />}
        columns={[
          { key: "name", header: t.name, render: (row) => <b>{row.name}</b> },
          { key: "endpoint", header: t.trunks.endpoint, wide: true, render: (row) => row.endpoint },
          {
            key: "lines",
            header: t.trunks.lines,
            align: "right",
            render: (row) => formats.count(row.lines),
          },
          {
            key: "rate",
            header: t.trunks.rate,
            align: "right",
            wide: true,
            render: (row) => formats.count(row.calls_per_second),
          },
          {
            key: "caller-ids",
            header: t.trunks.callerIds,
            wide: true,
            render: (row) => (
              <span className="tabular">
                {row.caller_ids.map((number) => (
                  <span key={number} style={{ display: "block", whiteSpace: "nowrap" }}>
                    {formatNumber(number)}
                  </span>
                ))}
              </span>
            ),
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              mayWrite && <EditButton name={row.name} onEdit={() => setEdited(row)} />,
          },
        ]}
      />
      {edited !== null && (
        <TrunkForm trunk={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

function TrunkForm({ trunk, onClose }: { trunk: Trunk | null; onClose: () => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: trunk?.name ?? "",
      endpoint: trunk?.endpoint ?? "",
      lines: trunk?.lines ?? 30,
      calls_per_second: trunk?.calls_per_second ?? 5,
      caller_ids: trunk?.caller_ids ?? ([] as string[]),
      network_answers: trunk?.network_answers ?? ([] as NetworkAnswer[]),
      early_media_seconds: trunk?.early_media_seconds ?? 0,
      early_media_keep_days: trunk?.early_media_keep_days ?? 0,
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    if (trunk) await api.patch(`/trunks/${trunk.trunk_id}`, values);
    else await api.post("/trunks", values);
    await client.invalidateQueries({ queryKey: ["trunks"] });
    toast.success(t.trunks.saved);
    onClose();
  });
  const callerIdError = Object.entries(form.errors).find(([path]) => path.startsWith("caller_ids"));
  return (
    <FormModal
      open
      title={trunk ? t.editOf(trunk.name) : t.trunks.add}
      action={trunk ? shared.save : shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <TextInput
        label={t.trunks.endpoint}
        description={t.trunks.endpointHelp}
        required
        {...form.getInputProps("endpoint")}
      />
      <SimpleGrid cols={2} style={{ alignItems: "end" }}>
        <NumberInput
          label={t.trunks.lines}
          description={t.trunks.linesHelp}
          min={1}
          allowDecimal={false}
          {...form.getInputProps("lines")}
        />
        <NumberInput
          label={t.trunks.rate}
          min={0.1}
          decimalScale={1}
          {...form.getInputProps("calls_per_second")}
        />
      </SimpleGrid>
      <TagsInput
        label={t.trunks.callerIds}
        description={t.trunks.callerIdsHelp}
        {...form.getInputProps("caller_ids")}
        error={callerIdError?.[1]}
      />
      <SimpleGrid cols={2} style={{ alignItems: "end" }}>
        <NumberInput
          label={t.trunks.earlySeconds}
          description={t.trunks.earlySecondsHelp}
          min={0}
          max={30}
          allowDecimal={false}
          {...form.getInputProps("early_media_seconds")}
        />
        <NumberInput
          label={t.trunks.earlyDays}
          description={t.trunks.earlyDaysHelp}
          min={0}
          max={90}
          allowDecimal={false}
          disabled={form.values.early_media_seconds === 0}
          {...form.getInputProps("early_media_keep_days")}
        />
      </SimpleGrid>
      <NetworkAnswers
        lines={form.values.network_answers}
        errors={form.errors}
        onChange={(lines) => form.setFieldValue("network_answers", lines)}
      />
    </FormModal>
  );
}
