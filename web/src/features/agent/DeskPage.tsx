import { Button, VisuallyHidden } from "@mantine/core";
import { IconArrowsRightLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import type { AgentState, Page, PauseReason } from "@/api/types";
import { useSession } from "@/features/session/session";
import { EmptyState } from "@/shared/EmptyState";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { CallDesk } from "./CallDesk";
import classes from "./DeskPage.module.css";
import { itemsOf } from "./items";
import { LegBanner } from "./LegBanner";
import { useText } from "./messages";
import { RingingPanel } from "./RingingPanel";
import { ShortcutHelp } from "./ShortcutHelp";
import { StartPanel } from "./StartPanel";
import { StatusBar } from "./StatusBar";
import { unlockSounds } from "./sounds";
import { useArrival } from "./useArrival";
import { useCommand, useDesk, useDeskView, useOwnAgent } from "./useDesk";
import { useCallbackReminders } from "./useOwnCallbacks";
import { useRinging } from "./useRinging";
import { ShortcutContext, useShortcut, useShortcutHandlers } from "./useShortcuts";
import { Waiting } from "./Waiting";

function Taken() {
  const t = useText();
  const desk = useDesk();
  const { leg } = useDeskView();
  const { user } = useSession();
  return (
    <EmptyState icon={IconArrowsRightLeft} title={t.taken.title} text={t.taken.text}>
      <Button
        onClick={() => {
          unlockSounds();
          void desk.start(user.user_id, leg);
        }}
      >
        {t.taken.here}
      </Button>
    </EmptyState>
  );
}

function OnDuty({ agent }: { agent: AgentState }) {
  const t = useText();
  const { run } = useCommand();
  const [help, setHelp] = useState(false);
  const [pauseOpen, setPauseOpen] = useState(false);
  const arrival = useArrival(agent);
  const silent = useRinging(agent);
  useCallbackReminders(agent);
  const reasons = useQuery({
    queryKey: ["agent", "pause-reasons"],
    queryFn: () => api.get<PauseReason[] | Page<PauseReason>>("/agent/pause-reasons").then(itemsOf),
    staleTime: 300_000,
  });
  const { attempt } = agent;
  const said = {
    call: t.call.onTheLine,
    record: t.call.recordArrived,
    alert: t.call.callerWaits,
  };
  useShortcut("ready", () => void run("ready"));
  useShortcut("pause", () => setPauseOpen(true));
  useShortcut("help", () => setHelp(true));

  return (
    <div className={classes.desk}>
      <StatusBar
        agent={agent}
        reasons={(reasons.data ?? []).filter((reason) => reason.active)}
        pauseOpen={pauseOpen}
        onPauseOpen={setPauseOpen}
        onHelp={() => setHelp(true)}
      />
      <LegBanner agent={agent} />
      <VisuallyHidden aria-live="assertive">
        {arrival && attempt ? said[arrival.kind](attempt.campaign_name) : ""}
      </VisuallyHidden>
      <div className={classes.work} data-arrived={arrival?.kind}>
        {attempt === null ? (
          <Waiting agent={agent} />
        ) : agent.status === "alerting" ? (
          <RingingPanel key={attempt.attempt_id} agent={agent} attempt={attempt} silent={silent} />
        ) : (
          <CallDesk agent={agent} attempt={attempt} />
        )}
      </div>
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** The agent's working day. */
export function DeskPage() {
  const t = useText();
  const desk = useDesk();
  const { mode } = useDeskView();
  const { user } = useSession();
  const agent = useOwnAgent();
  const handlers = useShortcutHandlers();

  // A page that was loaded again takes its own desktop up again.
  useEffect(() => {
    const kept = desk.keptLeg();
    if (kept !== null && desk.getView().mode === "idle") void desk.start(user.user_id, kept);
  }, [desk, user.user_id]);

  if (agent === null) return <Loading />;
  const starting = mode === "starting" && agent.status !== "signed_out";
  if (mode === "on" || starting) {
    return (
      <ShortcutContext.Provider value={handlers}>
        <VisuallyHidden component="h1">{t.title}</VisuallyHidden>
        <OnDuty agent={agent} />
      </ShortcutContext.Provider>
    );
  }
  return (
    <>
      <PageHeader title={t.title} />
      {mode === "taken" ? <Taken /> : <StartPanel resume={agent.status !== "signed_out"} />}
    </>
  );
}
