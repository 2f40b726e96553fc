import { Button, Tooltip } from "@mantine/core";
import {
  IconArrowForwardUp,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { AgentState, AttemptLive, Card } from "@/api/types";
import { useText as useCallerText } from "@/features/callers/messages";
import { formatNumber } from "@/formats/phone";
import { formatDuration } from "@/formats/time";
import { contactName } from "@/shared/contact-name";
import { Since, Until } from "@/shared/Duration";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import classes from "./CallHeader.module.css";
import { ConsultBar } from "./ConsultBar";
import { useDeskAction } from "./desk-actions";
import { Keypad } from "./Keypad";
import { useText } from "./messages";
import { NOBODY, TransferDialog, type TransferPreset } from "./TransferDialog";
import { useCommand, useDesk } from "./useDesk";
import { useShortcut } from "./useShortcuts";

const TONES: Record<AttemptLive["state"], Tone> = {
  offered: "info",
  reserved: "info",
  dialling: "info",
  ringing: "info",
  arrived: "info",
  answered: "good",
  connected: "good",
  closed: "violet",
};

function ControlButton(props: {
  label: string;
  keys: string;
  icon: ReactNode;
  pressed?: boolean;
  disabled?: boolean;
  loading?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip label={`${props.label} (${props.keys})`}>
      <Button
        variant={props.pressed ? "filled" : "default"}
        className={classes.control}
        aria-label={props.label}
        aria-pressed={props.pressed}
        aria-keyshortcuts={props.keys}
        disabled={props.disabled}
        loading={props.loading}
        onClick={props.onClick}
      >
        {props.icon}
        <span className={classes.controlWord}>{props.label}</span>
      </Button>
    </Tooltip>
  );
}

function Timer({ attempt, until }: { attempt: AttemptLive; until: string | null }) {
  const t = useText();
  if (attempt.state === "closed") {
    const from = attempt.connected_at ?? attempt.closed_at;
    const seconds =
      from && attempt.closed_at ? (Date.parse(attempt.closed_at) - Date.parse(from)) / 1000 : 0;
    return (
      <>
        <span className="tabular">{formatDuration(seconds)}</span>
        {until && (
          <span className={classes.left}>
            {t.wrapUp.left} <Until at={until} />
          </span>
        )}
      </>
    );
  }
  const since = attempt.connected_at ?? attempt.dialling_at;
  return since ? <Since at={since} /> : null;
}

/** Who is on the line, since when, and what can be done with the call. */
export function CallHeader({
  agent,
  attempt,
  card,
}: {
  agent: AgentState;
  attempt: AttemptLive;
  card: Card | undefined;
}) {
  const t = useText();
  const callers = useCallerText();
  const desk = useDesk();
  const { run, perform, pending } = useCommand();
  const [keypad, setKeypad] = useState(false);
  const [transfer, setTransfer] = useState<TransferPreset | null>(null);
  const body = { attempt_id: attempt.attempt_id };
  // While the agent is away the call is the floor's.
  const away = agent.status === "lost";
  const talking = attempt.state === "connected" && !away;
  const dialling = !away && ["reserved", "dialling", "ringing", "answered"].includes(attempt.state);
  const free = talking && attempt.consult === null;
  const number = formatNumber(attempt.number);
  const name = card ? contactName(card.contact, card.columns) || "—" : number;

  const toggleMute = () =>
    void perform("mute", () => desk.setMuted(attempt.attempt_id, !attempt.muted));
  const toggleHold = () => void run(attempt.held ? "resume" : "hold", body);
  const hangUp = () => void run("hang-up", body);
  useShortcut("mute", talking ? toggleMute : null);
  useShortcut("hold", free ? toggleHold : null);
  useShortcut("keypad", talking ? () => setKeypad((open) => !open) : null);
  useShortcut("transfer", free ? () => setTransfer(NOBODY) : null);
  useDeskAction("transfer", free ? setTransfer : null);
  useShortcut("hang_up", talking || dialling ? hangUp : null);

  return (
    <section className={classes.header} data-state={attempt.state} aria-label={t.call.controls}>
      <div className={classes.who}>
        <div className={classes.line}>
          <StatusBadge tone={TONES[attempt.state]} pulse={dialling}>
            {t.call[attempt.state]}
          </StatusBadge>
          {card?.caller && <StatusBadge tone="info">{callers.incoming}</StatusBadge>}
          {attempt.held && <StatusBadge tone="warn">{t.call.held}</StatusBadge>}
          {attempt.muted && <StatusBadge tone="warn">{t.call.muted}</StatusBadge>}
          {attempt.state === "closed" && attempt.result && (
            <StatusBadge tone="quiet">{t.results[attempt.result]}</StatusBadge>
          )}
          <span className={classes.campaign}>
            {attempt.campaign_name} · {t.call.attempt(attempt.attempt_number)}
          </span>
        </div>
        <h2 className={classes.name}>{name}</h2>
        {card?.caller && (
          <div className={classes.line}>
            <span className={classes.campaign}>
              {callers.called} {formatNumber(card.caller.called_number)}
              {card.caller.label && ` · ${card.caller.label}`}
              {card.caller.waited_seconds !== null &&
                ` · ${callers.waited} ${formatDuration(card.caller.waited_seconds)}`}
            </span>
          </div>
        )}
        <div className={classes.line}>
          {name !== number && <span className={classes.number}>{number}</span>}
          <span className={classes.timer}>
            <Timer attempt={attempt} until={agent.after_call_until} />
          </span>
        </div>
      </div>

      {(talking || dialling) && (
        <div className={classes.controls}>
          {talking && (
            <>
              <ControlButton
                label={attempt.muted ? t.call.unmute : t.call.mute}
                keys="Alt+M"
                pressed={attempt.muted}
                icon={
                  attempt.muted ? <IconMicrophoneOff size={20} /> : <IconMicrophone size={20} />
                }
                onClick={toggleMute}
              />
              <ControlButton
                label={attempt.held ? t.call.resume : t.call.hold}
                keys="Alt+H"
                pressed={attempt.held}
                disabled={!free}
                loading={pending === "hold" || pending === "resume"}
                icon={attempt.held ? <IconPlayerPlay size={20} /> : <IconPlayerPause size={20} />}
                onClick={toggleHold}
              />
              <ControlButton
                label={t.call.keypad}
                keys="Alt+K"
                icon={<IconDialpad size={20} />}
                onClick={() => setKeypad(true)}
              />
              <ControlButton
                label={t.call.transfer}
                keys="Alt+T"
                disabled={!free}
                icon={<IconArrowForwardUp size={20} />}
                onClick={() => setTransfer(NOBODY)}
              />
            </>
          )}
          <Tooltip label={`${talking ? t.call.hangUp : t.call.cancelDial} (Alt+X)`}>
            <Button
              color="red"
              className={`${classes.control} ${classes.hangUp}`}
              leftSection={<IconPhoneOff size={20} />}
              aria-keyshortcuts="Alt+X"
              loading={pending === "hang-up"}
              onClick={hangUp}
            >
              {talking ? t.call.hangUp : t.call.cancelDial}
            </Button>
          </Tooltip>
        </div>
      )}
      {attempt.agent_lost && <p className={classes.lost}>{t.call.agentLost}</p>}
      {attempt.consult && <ConsultBar attempt={attempt} />}
      <Keypad
        attemptId={attempt.attempt_id}
        open={keypad && talking}
        onClose={() => setKeypad(false)}
      />
      <TransferDialog
        key={`${transfer?.userId}:${transfer?.number}`}
        attemptId={attempt.attempt_id}
        open={transfer !== null && free}
        preset={transfer ?? NOBODY}
        onClose={() => setTransfer(null)}
      />
    </section>
  );
}
