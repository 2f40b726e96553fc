import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { Campaign, CampaignState } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { StopDialog } from "./StopDialog";

type Command = "start" | "pause" | "stop";
type Answer = Campaign & { warnings?: { code: string; message: string }[] };

/** What can be done in each state; the floor decides last. */
const POSSIBLE: Record<CampaignState, readonly Command[]> = {
  ready: ["start"],
  running: ["pause", "stop"],
  pausing: ["start", "stop"],
  paused: ["start", "stop"],
  complete: ["start"],
  stopped: ["start"],
};

interface Props {
  campaign: Campaign;
  /** In a table: only start and pause. */
  compact?: boolean;
}

/** Start, pause, stop, as far as the state and the person's rights allow. */
export function CampaignButtons({ campaign, compact = false }: Props) {
  const t = useText().actions;
  const client = useQueryClient();
  const mayRun = usePermission("campaigns.run");
  const [busy, setBusy] = useState<Command | null>(null);
  const [stopping, { open: askStop, close: noStop }] = useDisclosure(false);
  if (!mayRun) return null;
  const possible = POSSIBLE[campaign.state];
  const inbound = campaign.mode === "inbound";

  async function command(name: Command) {
    const answer = await api.post<Answer>(`/campaigns/${campaign.campaign_id}/${name}`);
    client.setQueryData(["campaigns", "one", campaign.campaign_id], answer);
    await client.invalidateQueries({ queryKey: ["campaigns"] });
    toast.success(
      { start: inbound ? t.opened : t.started, pause: t.paused, stop: t.stopped }[name],
    );
    for (const warning of answer.warnings ?? []) toast.info(warning.message);
  }
  async function press(name: Command) {
    setBusy(name);
    try {
      await command(name);
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(null);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps a press from opening the row.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons within take the keys.
    <div onClick={(event) => event.stopPropagation()}>
      <Group
        gap={8}
        justify={compact ? "flex-end" : "flex-start"}
        wrap={compact ? "nowrap" : "wrap"}
      >
        {possible.includes("start") && (
          <Button
            size={compact ? "xs" : "sm"}
            variant={compact ? "light" : "filled"}
            color="green"
            loading={busy === "start"}
            leftSection={<IconPlayerPlay size={16} />}
            onClick={() => void press("start")}
          >
            {campaign.state !== "ready" && campaign.state !== "complete"
              ? t.resume
              : inbound
                ? t.open
                : t.start}
          </Button>
        )}
        {possible.includes("pause") && (
          <Button
            size={compact ? "xs" : "sm"}
            variant="default"
            loading={busy === "pause"}
            leftSection={<IconPlayerPause size={16} />}
            onClick={() => void press("pause")}
          >
            {t.pause}
          </Button>
        )}
        {!compact && !inbound && possible.includes("stop") && campaign.state !== "paused" && (
          <Button
            variant="light"
            color="red"
            leftSection={<IconPlayerStop size={16} />}
            onClick={askStop}
          >
            {t.stop}
          </Button>
        )}
      </Group>
      <StopDialog
        campaign={campaign}
        open={stopping}
        onClose={noStop}
        onConfirm={() => command("stop")}
      />
    </div>
  );
}
