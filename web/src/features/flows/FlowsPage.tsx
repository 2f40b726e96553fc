import { Button, FileButton, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconSitemap, IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useSubmit } from "@/shared/useSubmit";
import { firstDocument, isFile } from "./document";
import { useText } from "./messages";
import type { Flow, FlowFile, ListedFlow } from "./types";

type Adding = { file: FlowFile | null; name: string };

export function FlowsPage() {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const mayWrite = usePermission("flows.write");
  const [adding, setAdding] = useState<Adding | null>(null);
  const list = useKeysetList<ListedFlow>(["flows", "list"], "/flows");
  const open = (row: { flow_id: string }) =>
    void navigate({ to: "/flows/$flowId", params: { flowId: row.flow_id } });
  const read = async (given: File | null) => {
    if (given === null) return;
    try {
      const file: unknown = JSON.parse(await given.text());
      if (!isFile(file)) throw new Error("no flow");
      setAdding({ file: file as FlowFile, name: (file as FlowFile).name });
    } catch {
      toast.info(t.importBad);
    }
  };
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {mayWrite && (
          <>
            <FileButton accept="application/json,.json" onChange={(file) => void read(file)}>
              {(props) => (
                <Button variant="default" leftSection={<IconUpload size={17} />} {...props}>
                  {t.importFile}
                </Button>
              )}
            </FileButton>
            <Button
              leftSection={<IconPlus size={17} />}
              onClick={() => setAdding({ file: null, name: "" })}
            >
              {t.add}
            </Button>
          </>
        )}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.flow_id}
        onRowClick={open}
        empty={<EmptyState icon={IconSitemap} title={t.nothing.title} text={t.nothing.text} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <TextLink to="/flows/$flowId" params={{ flowId: row.flow_id }} fw={560}>
                {row.name}
              </TextLink>
            ),
          },
          {
            key: "published",
            header: t.published,
            render: (row) => (
              <>
                <StatusBadge tone={row.published_version === null ? "quiet" : "good"}>
                  {row.published_version === null
                    ? t.notPublished
                    : t.version(row.published_version)}
                </StatusBadge>{" "}
                {row.published_version !== null && row.draft_changed && (
                  <StatusBadge tone="warn">{t.draftChanged}</StatusBadge>
                )}
              </>
            ),
          },
          {
            key: "nodes",
            header: t.nodesCount,
            align: "right",
            wide: true,
            render: (row) => formats.count(row.nodes),
          },
          {
            key: "languages",
            header: t.languages,
            wide: true,
            render: (row) => row.languages.join(", "),
          },
          {
            key: "users",
            header: t.usedBy,
            wide: true,
            render: (row) =>
              row.used_by.map(formatNumber).join(", ") || <Text c="dimmed">{t.unused}</Text>,
          },
          {
            key: "updated",
            header: t.changedAt,
            wide: true,
            render: (row) => formats.dateTime(row.updated_at),
          },
        ]}
      />
      {adding && <NewFlow adding={adding} onClose={() => setAdding(null)} onMade={open} />}
    </>
  );
}

function NewFlow(props: { adding: Adding; onClose: () => void; onMade: (flow: Flow) => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const { file } = props.adding;
  const form = useForm({ initialValues: { name: props.adding.name, language: "fr" } });
  const { submit, busy, problem } = useSubmit(form, async ({ name, language }) => {
    const made =
      file === null
        ? await api.post<Flow>("/flows", { name, draft: firstDocument(language.trim() || "fr") })
        : await api.post<Flow>("/flows/import", { file, name });
    await client.invalidateQueries({ queryKey: ["flows"] });
    toast.success(t.made);
    props.onMade(made);
  });
  return (
    <FormModal
      open
      title={file === null ? t.add : t.importFile}
      action={shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      {file === null && (
        <TextInput
          label={t.language}
          description={t.languageHint}
          {...form.getInputProps("language")}
        />
      )}
    </FormModal>
  );
}
