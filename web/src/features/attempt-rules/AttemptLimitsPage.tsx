import { ActionIcon, Group, NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconHandStop, IconPencil, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { usePermission, useSession } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import type { AttemptLimit } from "./types";

/** "4 per person in 30 days" */
export function useLimitWords() {
  const t = useText();
  const formats = useFormats();
  return (limit: AttemptLimit) => {
    const window =
      limit.reset === "never" ? t.window.never : t.window[limit.reset](limit[limit.reset]);
    return t.said(formats.count(limit.most), t.per[limit.per], window);
  };
}

export function AttemptLimitsPage() {
  const t = useText();
  const client = useQueryClient();
  const mayWrite = usePermission("settings.write");
  const words = useLimitWords();
  const list = useKeysetList<AttemptLimit>(["attempt-limits"], "/attempt-limits");
  const [edited, setEdited] = useState<AttemptLimit | "new" | null>(null);
  const [deleted, setDeleted] = useState<AttemptLimit | null>(null);
  return (
    <>
      <PartHeader
        title={t.limits.title}
        text={t.limits.text}
        add={mayWrite ? t.limits.add : undefined}
        onAdd={() => setEdited("new")}
      />
      <DataTable
        label={t.limits.title}
        list={list}
        rowKey={(row) => row.attempt_limit_id}
        {...(mayWrite ? { onRowClick: setEdited } : {})}
        empty={<EmptyState icon={IconHandStop} title={t.limits.nothing} />}
        columns={[
          { key: "name", header: t.limits.name, render: (row) => <b>{row.name}</b> },
          { key: "rule", header: t.limits.rule, render: words },
          { key: "scope", header: t.limits.scope, render: (row) => t.scope[row.scope] },
          {
            key: "counted",
            header: t.limits.counted,
            wide: true,
            render: (row) => t.counted[row.counted],
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
                    aria-label={t.limits.edit(row.name)}
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
                    aria-label={t.limits.remove(row.name)}
                    onClick={(event) => {
                      event.stopPropagation();
                      setDeleted(row);
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
        <LimitForm limit={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        open={deleted !== null}
        danger
        title={t.limits.remove(deleted?.name ?? "")}
        action={t.limits.remove(deleted?.name ?? "")}
        onClose={() => setDeleted(null)}
        onConfirm={async () => {
          await api.delete(`/attempt-limits/${deleted?.attempt_limit_id}`);
          await client.invalidateQueries({ queryKey: ["attempt-limits"] });
          toast.success(t.limits.removed);
        }}
      >
        {t.limits.removeText}
      </ConfirmDialog>
    </>
  );
}

const choices = <K extends string>(words: Record<K, string>) =>
  (Object.keys(words) as K[]).map((value) => ({ value, label: words[value] }));

function LimitForm({ limit, onClose }: { limit: AttemptLimit | null; onClose: () => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const form = useForm({
    initialValues: {
      name: limit?.name ?? "",
      per: limit?.per ?? "person",
      scope: limit?.scope ?? "organisation",
      most: limit?.most ?? 4,
      reset: limit?.reset ?? "days",
      days: limit?.days ?? 30,
      hours: limit?.hours ?? 24,
      reset_at: (limit?.reset_at ?? "00:00").slice(0, 5),
      time_zone: limit?.time_zone ?? zone,
      counted: limit?.counted ?? "alerted",
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    if (limit) {
      const body = { ...values, version: limit.version };
      await api.patch(`/attempt-limits/${limit.attempt_limit_id}`, body);
    } else await api.post("/attempt-limits", values);
    await client.invalidateQueries({ queryKey: ["attempt-limits"] });
    toast.success(t.limits.saved);
    onClose();
  });
  const { reset } = form.values;
  return (
    <FormModal
      open
      title={limit ? t.limits.edit(limit.name) : t.limits.add}
      action={limit ? shared.save : shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      size="lg"
    >
      <TextInput label={t.limits.name} required data-autofocus {...form.getInputProps("name")} />
      <Select
        label={t.limits.per}
        allowDeselect={false}
        data={choices(t.perLong)}
        {...form.getInputProps("per")}
      />
      <Select
        label={t.limits.scope}
        allowDeselect={false}
        data={choices(t.scope)}
        {...form.getInputProps("scope")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={t.limits.most}
          min={1}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps("most")}
        />
        <Select
          label={t.limits.reset}
          allowDeselect={false}
          data={choices(t.reset)}
          {...form.getInputProps("reset")}
        />
        {reset === "days" && (
          <>
            <NumberInput
              label={t.limits.days}
              min={1}
              max={366}
              allowDecimal={false}
              {...form.getInputProps("days")}
            />
            <TextInput type="time" label={t.limits.resetAt} {...form.getInputProps("reset_at")} />
            <TextInput label={t.limits.zone} {...form.getInputProps("time_zone")} />
          </>
        )}
        {reset === "hours" && (
          <NumberInput
            label={t.limits.hours}
            min={1}
            max={8784}
            allowDecimal={false}
            {...form.getInputProps("hours")}
          />
        )}
      </SimpleGrid>
      <Select
        label={t.limits.counted}
        allowDeselect={false}
        data={choices(t.counted)}
        {...form.getInputProps("counted")}
      />
    </FormModal>
  );
}
