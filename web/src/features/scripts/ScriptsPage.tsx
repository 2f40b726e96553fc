import { Button, FileButton, NativeSelect, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFileText, IconPlus, IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useContactLists } from "@/api/references";
import { usePermission } from "@/features/session/session";
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
import { isDocument } from "./editing";
import { useText } from "./messages";
import type { Script, ScriptDocument, ScriptRow } from "./types";

interface Made {
  name: string;
  document: ScriptDocument;
}

export function ScriptsPage() {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const [adding, setAdding] = useState<Made | null>(null);
  const list = useKeysetList<ScriptRow>(["scripts", "all"], "/scripts");
  const open = (row: ScriptRow) =>
    void navigate({ to: "/scripts/$scriptId", params: { scriptId: row.script_id } });
  const first: Made = {
    name: "",
    document: {
      required: "remind",
      pages: [{ id: "page-1", title: t.editor.newPage, finish: true, blocks: [] }],
    },
  };
  const read = async (file: File | null) => {
    if (file === null) return;
    try {
      const { name, ...document } = JSON.parse(await file.text()) as Record<string, unknown>;
      if (!isDocument(document)) throw new Error("no script");
      setAdding({
        name: typeof name === "string" ? name : file.name.replace(/\.json$/, ""),
        document,
      });
    } catch {
      toast.info(t.importBad);
    }
  };
  const buttons = mayWrite && (
    <>
      <FileButton accept="application/json,.json" onChange={(file) => void read(file)}>
        {(props) => (
          <Button variant="default" leftSection={<IconUpload size={17} />} {...props}>
            {t.importFile}
          </Button>
        )}
      </FileButton>
      <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(first)}>
        {t.add}
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {buttons}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.script_id}
        onRowClick={open}
        empty={<EmptyState icon={IconFileText} title={t.nothing.title} text={t.nothing.text} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <TextLink to="/scripts/$scriptId" params={{ scriptId: row.script_id }} fw={560}>
                {row.name}
              </TextLink>
            ),
          },
          {
            key: "published",
            header: t.published,
            render: (row) => (
              <StatusBadge tone={row.published_version === null ? "quiet" : "good"}>
                {row.published_version === null
                  ? t.notPublished
                  : t.editor.version(row.published_version)}
              </StatusBadge>
            ),
          },
          {
            key: "pages",
            header: t.pagesCount,
            align: "right",
            render: (row) => formats.count(row.pages),
          },
          {
            key: "campaigns",
            header: t.campaigns,
            wide: true,
            render: (row) => row.campaigns.join(", ") || <Text c="dimmed">{t.unused}</Text>,
          },
        ]}
      />
      {adding && <NewScript made={adding} onClose={() => setAdding(null)} onMade={open} />}
    </>
  );
}

function NewScript(props: { made: Made; onClose: () => void; onMade: (made: Script) => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const lists = useContactLists();
  const form = useForm({ initialValues: { name: props.made.name, contact_list_id: "" } });
  const { submit, busy, problem } = useSubmit(form, async ({ name, contact_list_id }) => {
    const made = await api.post<Script>("/scripts", {
      name,
      contact_list_id: contact_list_id || null,
      draft: props.made.document,
    });
    await client.invalidateQueries({ queryKey: ["scripts", "all"] });
    toast.success(t.made);
    props.onMade(made);
  });
  return (
    <FormModal
      open
      title={t.add}
      action={shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <NativeSelect
        label={t.list}
        description={t.listHint}
        data={[
          { value: "", label: t.noList },
          ...(lists.data ?? []).map((one) => ({ value: one.contact_list_id, label: one.name })),
        ]}
        {...form.getInputProps("contact_list_id")}
      />
    </FormModal>
  );
}
