import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function AuditPage() {
  const t = useText();
  return <PageHeader title={t.navigation.audit} />;
}
