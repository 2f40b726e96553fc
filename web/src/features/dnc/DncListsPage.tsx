import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconBan, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { DncList } from "@/api/types";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

export function DncListsPage() {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const list = useKeysetList<DncList>(["dnc-lists"], "/dnc-lists");
  const open = (row: DncList) =>
    void navigate({ to: "/dnc-lists/$dncListId", params: { dncListId: row.dnc_list_id } });
  const button = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {button}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.dnc_list_id}
        onRowClick={open}
        empty={
          <EmptyState icon={IconBan} title={t.nothing.title} text={t.nothing.text}>
            {button}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <TextLink to="/dnc-lists/$dncListId" params={{ dncListId: row.dnc_list_id }} fw={560}>
                {row.name}
              </TextLink>
            ),
          },
          {
            key: "entries",
            header: t.entries,
            align: "right",
            render: (row) => formats.count(row.entries),
          },
        ]}
      />
      {adding && <DncListForm onClose={() => setAdding(false)} onMade={open} />}
    </>
  );
}

function DncListForm(props: { onClose: () => void; onMade: (list: DncList) => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: "" } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const made = await api.post<DncList>("/dnc-lists", values);
    await client.invalidateQueries({ queryKey: ["dnc-lists"] });
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
    </FormModal>
  );
}
