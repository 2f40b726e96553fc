import { List, Text } from "@mantine/core";
import type { Campaign } from "@/api/types";
import { useCampaign } from "@/live/useLive";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { useText } from "./messages";

interface Props {
  campaign: Campaign;
  open: boolean;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
}

/** The emergency stop, with what it does to the calls of this moment. */
export function StopDialog({ campaign, open, onClose, onConfirm }: Props) {
  const t = useText();
  const live = useCampaign(campaign.campaign_id);
  const calls = live
    ? [t.stopDialog.ringing(live.dialling + live.ringing), t.stopDialog.talking(live.talking)].join(
        ", ",
      )
    : "";
  return (
    <ConfirmDialog
      open={open}
      danger
      title={t.stopDialog.title(campaign.name)}
      action={t.actions.stop}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      {calls !== "" && (
        <Text size="sm" fw={600} mb="sm">
          {t.stopDialog.now(calls)}
        </Text>
      )}
      {t.stopDialog.what}
      <List size="sm" spacing={4} mt={6} withPadding>
        <List.Item>{t.stopDialog.hangUp}</List.Item>
        <List.Item>{t.stopDialog.keep}</List.Item>
        <List.Item>{t.stopDialog.again}</List.Item>
      </List>
      <Text size="sm" c="dimmed" mt="md">
        {t.stopDialog.pause}
      </Text>
    </ConfirmDialog>
  );
}
