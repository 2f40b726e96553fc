import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function LivePage() {
  const t = useText();
  return <PageHeader title={t.navigation.live} />;
}
