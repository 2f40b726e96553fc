import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import { useText as useColumnsText } from "@/features/list-columns/messages";
import { BackLink } from "@/shared/BackLink";
import { LinkButton } from "@/shared/LinkButton";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { ListForm } from "./ListForm";
import { bodyOf, valuesOf } from "./list-form";
import { useText } from "./messages";
import { useContactList } from "./useContactList";

export function EditContactListPage() {
  const t = useText();
  const shared = useSharedText();
  const columns = useColumnsText();
  const { contactListId } = useParams({ from: "/contact-lists/$contactListId/edit" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const list = useContactList(contactListId);
  if (list.isPending) return <Loading />;
  if (list.isError) return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
  const { data } = list;
  const back = () => navigate({ to: "/contact-lists/$contactListId", params: { contactListId } });
  return (
    <>
      <PageHeader
        title={t.editTitle(data.name)}
        above={
          <BackLink to="/contact-lists/$contactListId" params={{ contactListId }}>
            {data.name}
          </BackLink>
        }
      />
      <ListForm
        key={data.version}
        initial={valuesOf(data)}
        fixed={new Set(data.contacts > 0 ? data.columns.map((column) => column.name) : [])}
        columnsPage={
          data.contacts > 0 ? (
            <LinkButton
              variant="default"
              to="/contact-lists/$contactListId/columns"
              params={{ contactListId }}
            >
              {columns.title}
            </LinkButton>
          ) : undefined
        }
        action={shared.save}
        onCancel={() => void back()}
        onReload={() => void list.refetch()}
        onSend={async (values) => {
          await api.patch(`/contact-lists/${contactListId}`, {
            ...bodyOf(values),
            version: data.version,
          });
          await client.invalidateQueries({ queryKey: ["contact-lists"] });
          toast.success(t.saved);
          await back();
        }}
      />
    </>
  );
}
