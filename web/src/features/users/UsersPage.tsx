import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function UsersPage() {
  const t = useText();
  return <PageHeader title={t.navigation.users} />;
}
