import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { ContactList } from "@/api/types";
import { useSession } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { ListForm } from "./ListForm";
import { bodyOf, emptyList } from "./list-form";
import { useText } from "./messages";

export function NewContactListPage() {
  const t = useText();
  const shared = useSharedText();
  const { organisation } = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <>
      <PageHeader
        title={t.create.title}
        text={t.create.text}
        above={<BackLink to="/contact-lists">{t.title}</BackLink>}
      />
      <ListForm
        initial={emptyList(organisation)}
        action={shared.create}
        onCancel={() => void navigate({ to: "/contact-lists" })}
        onSend={async (values) => {
          const made = await api.post<ContactList>("/contact-lists", bodyOf(values));
          await client.invalidateQueries({ queryKey: ["contact-lists"] });
          toast.success(t.create.done);
          await navigate({
            to: "/contact-lists/$contactListId",
            params: { contactListId: made.contact_list_id },
          });
        }}
      />
    </>
  );
}
