import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function SettingsPage() {
  const t = useText();
  return <PageHeader title={t.navigation.settings} />;
}
