import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { usePermission } from "@/features/session/session";
import { Panel } from "@/shared/Panel";
import { useText } from "./messages";
import { OutcomeTablePanel } from "./OutcomeTablePanel";

/** What outcomes mean in a campaign; few campaigns differ, so the table opens when asked for. */
export function CampaignOutcomes({ campaignId }: { campaignId: string }) {
  const t = useText();
  const mayWrite = usePermission("campaigns.write");
  const [open, setOpen] = useState(false);
  return (
    <Stack gap="sm">
      <Panel
        title={t.campaignTitle}
        text={t.campaignText}
        actions={
          !open && (
            <Button variant="default" onClick={() => setOpen(true)}>
              {t.show}
            </Button>
          )
        }
      >
        {null}
      </Panel>
      {open && <OutcomeTablePanel campaignId={campaignId} mayWrite={mayWrite} />}
    </Stack>
  );
}
