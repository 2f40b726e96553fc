import { useText } from "@/app/messages";
import { PageHeader } from "@/shared/PageHeader";

export function CampaignsPage() {
  const t = useText();
  return <PageHeader title={t.navigation.campaigns} />;
}
