import { ActionIcon, Popover, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustments } from "@tabler/icons-react";
import { useState } from "react";
import type { Campaign } from "@/api/types";
import { useOneCampaign } from "@/features/campaigns/useCampaignQueries";
import { usePermission } from "@/features/session/session";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText } from "./messages";
import { PaceForm } from "./PaceForm";

/** Mode, limit and ratio of a campaign, changed where its figures are; for who may. */
export function PaceControls({ campaignId, name }: { campaignId: string; name: string }) {
  const t = useText().controls;
  const mayWrite = usePermission("campaigns.write");
  const [open, { toggle, close }] = useDisclosure(false);
  if (!mayWrite) return null;
  return (
    <Popover
      opened={open}
      onChange={close}
      width={300}
      position="bottom-end"
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={32}
          aria-label={t.openOf(name)}
          title={t.open}
          onClick={toggle}
        >
          <IconAdjustments size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={620} mb={8}>
          {t.open}
        </Text>
        {open && <Content campaignId={campaignId} onDone={close} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Content({ campaignId, onDone }: { campaignId: string; onDone: () => void }) {
  const campaign = useOneCampaign(campaignId);
  if (campaign.isPending) return <Loading />;
  if (campaign.data === undefined) {
    return <LoadError error={campaign.error} onRetry={() => void campaign.refetch()} />;
  }
  return (
    <Edited
      campaign={campaign.data}
      fetchAgain={async () => (await campaign.refetch()).data}
      onDone={onDone}
    />
  );
}

interface Props {
  campaign: Campaign;
  fetchAgain: () => Promise<Campaign | undefined>;
  onDone: () => void;
}

/** Keeps the version that the person began with: a newer one must not take its place unseen. */
function Edited({ campaign, fetchAgain, onDone }: Props) {
  const [base, setBase] = useState(campaign);
  return (
    <PaceForm
      key={base.version}
      campaign={base}
      onReload={() => void fetchAgain().then((now) => now && setBase(now))}
      onDone={onDone}
    />
  );
}
