import { Button } from "@mantine/core";
import {
  IconCoffee,
  IconHeadset,
  IconHourglassEmpty,
  IconPhoneOff,
  IconPlugConnectedX,
  type TablerIcon,
} from "@tabler/icons-react";
import { useState } from "react";
import { ApiError } from "@/api/client";
import type { AgentState } from "@/api/types";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { Callbacks } from "./Callbacks";
import { useText } from "./messages";
import { useDesk } from "./useDesk";
import { useShortcut } from "./useShortcuts";
import classes from "./Waiting.module.css";

function FetchButton() {
  const t = useText().waiting;
  const desk = useDesk();
  const { time } = useFormats();
  const [busy, setBusy] = useState(false);

  async function fetchRecord() {
    setBusy(true);
    try {
      await desk.command("fetch", {});
    } catch (error) {
      if (error instanceof ApiError && error.code === "NO_RECORD") {
        const next = error.details.next_attempt_at;
        toast.info(typeof next === "string" ? t.noRecordUntil(time(next)) : t.noRecord);
      } else toast.error(error);
    } finally {
      setBusy(false);
    }
  }
  useShortcut("fetch", busy ? null : () => void fetchRecord());
  return (
    <Button size="md" loading={busy} aria-keyshortcuts="Alt+G" onClick={() => void fetchRecord()}>
      {t.fetch}
    </Button>
  );
}

/** Between calls. */
export function Waiting({ agent }: { agent: AgentState }) {
  const t = useText().waiting;
  const fetching = agent.status === "ready" && agent.fetch_available;
  const missed = agent.status === "paused" && agent.pause_cause === "not_answered";
  const [Icon, title, text]: [TablerIcon, string, string] = fetching
    ? [IconHourglassEmpty, t.fetchTitle, t.fetchText]
    : agent.status === "ready"
      ? [IconHourglassEmpty, t.readyTitle, t.readyText]
      : agent.status === "connecting"
        ? [IconHeadset, t.connectingTitle, t.connectingText]
        : agent.status === "lost"
          ? [IconPlugConnectedX, t.lostTitle, t.lostText]
          : missed
            ? [IconPhoneOff, t.missedTitle, t.missedText]
            : [IconCoffee, t.pausedTitle, t.pausedText];
  return (
    <div className={classes.waiting}>
      <section className={classes.now} data-status={agent.status}>
        <span className={classes.icon}>
          <Icon size={34} stroke={1.4} aria-hidden />
        </span>
        <h2>{title}</h2>
        <p>{text}</p>
        {fetching && <FetchButton />}
      </section>
      <Callbacks />
    </div>
  );
}
