import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import { usePermission } from "@/features/session/session";
import { useText } from "./messages";
import { OutcomeTablePanel } from "./OutcomeTablePanel";

/** What outcomes mean in a campaign; few campaigns differ, so the table opens when asked for. */
export function CampaignOutcomes({ campaignId }: { campaignId: string }) {
  const t = useText();
  const mayWrite = usePermission("campaigns.write");
  const [open, setOpen] = useState(false);
  return (
    <section>
      <Title order={3} mt="xl" mb={4}>
        {t.campaignTitle}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t.campaignText}
      </Text>
      {open ? (
        <OutcomeTablePanel campaignId={campaignId} mayWrite={mayWrite} />
      ) : (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t.flags}
        </Button>
      )}
    </section>
  );
}
