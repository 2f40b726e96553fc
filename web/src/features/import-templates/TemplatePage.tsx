import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { ImportTemplate } from "@/api/types/lists";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { TemplateForm } from "./TemplateForm";
import { bodyOf, emptyTemplate, valuesOf } from "./template-form";

export function NewTemplatePage() {
  const t = useText();
  const shared = useSharedText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const back = () => navigate({ to: "/import-templates" });
  return (
    <>
      <PageHeader
        title={t.add}
        text={t.text}
        above={<BackLink to="/import-templates">{t.title}</BackLink>}
      />
      <TemplateForm
        initial={emptyTemplate()}
        action={shared.create}
        onCancel={() => void back()}
        onSend={async (values) => {
          await api.post("/import-templates", bodyOf(values));
          await client.invalidateQueries({ queryKey: ["import-templates"] });
          toast.success(t.saved);
          await back();
        }}
      />
    </>
  );
}

export function TemplatePage() {
  const t = useText();
  const shared = useSharedText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const { importTemplateId } = useParams({ from: "/import-templates/$importTemplateId" });
  const path = `/import-templates/${importTemplateId}`;
  const template = useQuery({
    queryKey: ["import-templates", importTemplateId],
    queryFn: ({ signal }) => api.get<ImportTemplate>(path, { signal }),
  });
  if (template.isPending) return <Loading />;
  if (template.isError) {
    return <LoadError error={template.error} onRetry={() => void template.refetch()} />;
  }
  const { data } = template;
  const back = () => navigate({ to: "/import-templates" });
  return (
    <>
      <PageHeader
        title={t.editTitle(data.name)}
        above={<BackLink to="/import-templates">{t.title}</BackLink>}
      >
        <Button variant="default" leftSection={<IconTrash size={17} />} onClick={open}>
          {shared.remove}
        </Button>
      </PageHeader>
      <TemplateForm
        key={data.version}
        initial={valuesOf(data)}
        action={shared.save}
        onCancel={() => void back()}
        onReload={() => void template.refetch()}
        onSend={async (values) => {
          await api.patch(path, { ...bodyOf(values), version: data.version });
          await client.invalidateQueries({ queryKey: ["import-templates"] });
          toast.success(t.saved);
          await back();
        }}
      />
      <ConfirmDialog
        open={asking}
        danger
        title={t.removeTitle(data.name)}
        action={shared.remove}
        onClose={close}
        onConfirm={async () => {
          await api.delete(path);
          client.removeQueries({ queryKey: ["import-templates", importTemplateId] });
          await client.invalidateQueries({ queryKey: ["import-templates"] });
          toast.success(t.removed);
          await back();
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}
