import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconRoute } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { ResponseSet } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useKeysetList } from "@/shared/useKeysetList";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { PromptsPanel } from "./PromptsPanel";

export function ResponseSetsPage() {
  const t = useText();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const [adding, setAdding] = useState(false);
  const list = useKeysetList<ResponseSet>(["response-sets"], "/response-sets");
  const open = (row: ResponseSet) =>
    void navigate({
      to: "/response-sets/$responseSetId",
      params: { responseSetId: row.response_set_id },
    });
  const button = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {button}
      </PageHeader>
      <Stack gap="xl">
        <DataTable
          label={t.title}
          list={list}
          rowKey={(row) => row.response_set_id}
          onRowClick={open}
          empty={<EmptyState icon={IconRoute} title={t.nothing.title} text={t.nothing.text} />}
          columns={[
            {
              key: "name",
              header: t.name,
              render: (row) => (
                <TextLink
                  to="/response-sets/$responseSetId"
                  params={{ responseSetId: row.response_set_id }}
                  fw={560}
                >
                  {row.name}
                </TextLink>
              ),
            },
            {
              key: "detection",
              header: t.detection,
              render: (row) => t.levels[row.live_person_detection],
            },
            {
              key: "campaigns",
              header: t.campaigns,
              wide: true,
              render: (row) => row.campaigns.join(", ") || <Text c="dimmed">{t.unused}</Text>,
            },
          ]}
        />
        <PromptsPanel />
      </Stack>
      {adding && <NewResponseSet onClose={() => setAdding(false)} onMade={open} />}
    </>
  );
}

function NewResponseSet(props: { onClose: () => void; onMade: (made: ResponseSet) => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: "" } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const made = await api.post<ResponseSet>("/response-sets", values);
    await client.invalidateQueries({ queryKey: ["response-sets"] });
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
