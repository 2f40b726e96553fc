import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { useText } from "./messages";
import { OutcomeTablePanel } from "./OutcomeTablePanel";

export function OutcomesPage() {
  const t = useText();
  const mayWrite = usePermission("settings.write");
  return (
    <>
      <PartHeader title={t.title} text={t.text} />
      <OutcomeTablePanel campaignId={null} mayWrite={mayWrite} />
    </>
  );
}
