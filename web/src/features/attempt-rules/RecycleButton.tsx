import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRecycle } from "@tabler/icons-react";
import type { Campaign } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { useText } from "./messages";
import { RecycleDialog } from "./RecycleDialog";

/** Recycling, for those who may run campaigns, once the campaign has begun. */
export function RecycleButton({ campaign }: { campaign: Campaign }) {
  const t = useText().recycle;
  const mayRun = usePermission("campaigns.run");
  const [open, { open: show, close }] = useDisclosure(false);
  if (!mayRun || campaign.state === "ready") return null;
  return (
    <>
      <Button variant="default" leftSection={<IconRecycle size={17} />} onClick={show}>
        {t.open}
      </Button>
      {open && <RecycleDialog campaign={campaign} onClose={close} />}
    </>
  );
}
