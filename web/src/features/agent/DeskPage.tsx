import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function DeskPage() {
  const t = useText();
  return <PageHeader title={t.navigation.desk} />;
}
