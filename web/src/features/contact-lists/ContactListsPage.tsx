import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function ContactListsPage() {
  const t = useText();
  return <PageHeader title={t.navigation.contactLists} />;
}
