import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function ImportsPage() {
  const t = useText();
  return <PageHeader title={t.navigation.imports} />;
}
