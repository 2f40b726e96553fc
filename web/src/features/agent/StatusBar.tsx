import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconChevronDown,
  IconKeyboard,
  IconPlayerPause,
  IconPower,
  IconX,
} from "@tabler/icons-react";
import type { AgentState, PauseReason } from "@/api/types";
import { OwnQueues } from "@/features/queue-board/OwnQueues";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { Since } from "@/shared/Duration";
import { useFormats } from "@/shared/useFormats";
import { LegSign } from "./LegSign";
import { useText } from "./messages";
import classes from "./StatusBar.module.css";
import { useCommand, useDesk } from "./useDesk";

const IN_WORK: AgentState["status"][] = [
  "reserved",
  "previewing",
  "alerting",
  "on_call",
  "after_call",
];

interface Props {
  agent: AgentState;
  reasons: PauseReason[];
  pauseOpen: boolean;
  onPauseOpen: (open: boolean) => void;
  onHelp: () => void;
}

/** Status, time in it, and how to change it. */
export function StatusBar({ agent, reasons, pauseOpen, onPauseOpen, onHelp }: Props) {
  const t = useText();
  const { name } = useFormats();
  const desk = useDesk();
  const { run, pending } = useCommand();
  const [leaving, { open: askToLeave, close: stay }] = useDisclosure(false);
  const inWork = IN_WORK.includes(agent.status);
  const reason = reasons.find((one) => one.pause_reason_id === agent.pause_reason_id);
  const reasonName = reason ? name(reason) : t.bar.noReason;

  return (
    <section className={classes.bar} aria-label={t.title}>
      <div className={classes.status} data-status={agent.status} role="status">
        <span className={classes.light} aria-hidden />
        <span className={classes.word}>{t.status[agent.status]}</span>
        {agent.status === "paused" && (reason || agent.pause_cause) && (
          <span className={classes.reason}>
            {agent.pause_cause === "not_answered" ? t.bar.notAnswered : reasonName}
          </span>
        )}
        <span className={classes.time}>
          <Since at={agent.since} />
        </span>
      </div>

      <OwnQueues queueIds={agent.queue_ids} />

      <div className={classes.choices}>
        {(agent.status === "paused" || agent.status === "connecting") && (
          <Button
            color="green"
            disabled={agent.status === "connecting"}
            loading={pending === "ready"}
            onClick={() => void run("ready")}
            aria-keyshortcuts="Alt+R"
          >
            {t.bar.ready}
          </Button>
        )}
        <Menu opened={pauseOpen} onChange={onPauseOpen} position="bottom-start" shadow="md">
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconPlayerPause size={16} />}
              rightSection={<IconChevronDown size={14} />}
              disabled={agent.status === "connecting" || agent.status === "lost"}
              loading={pending === "pause"}
              aria-keyshortcuts="Alt+P"
            >
              {inWork ? t.bar.pauseAfter : t.bar.pause}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t.bar.chooseReason}</Menu.Label>
            {reasons.map((one) => (
              <Menu.Item
                key={one.pause_reason_id}
                onClick={() => void run("pause", { pause_reason_id: one.pause_reason_id })}
              >
                {name(one)}
              </Menu.Item>
            ))}
            {reasons.length === 0 && (
              <Menu.Item onClick={() => void run("pause", { pause_reason_id: null })}>
                {t.bar.noReason}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
        {agent.after_call === "offered" && (
          <Button
            variant="default"
            loading={pending === "after-call"}
            onClick={() => void run("after-call")}
          >
            {agent.status === "ready" ? t.bar.lastOutcome : t.bar.afterCall}
          </Button>
        )}
        {agent.after_call === "wanted" && (
          <span className={classes.after} role="status">
            {t.bar.afterCallOn}
          </span>
        )}
        {agent.pause_after && inWork && (
          <span className={classes.after} role="status">
            {t.bar.pauseAfterOn(reasonName)}
            <Tooltip label={t.bar.cancelPauseAfter}>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="yellow"
                aria-label={t.bar.cancelPauseAfter}
                onClick={() => void run("ready")}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          </span>
        )}
      </div>

      <div className={classes.right}>
        <LegSign agent={agent} />
        <Tooltip label={`${t.bar.help} (?)`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t.bar.help}
            onClick={onHelp}
          >
            <IconKeyboard size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t.bar.signOut}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t.bar.signOut}
            className={classes.quiet}
            disabled={inWork && agent.status !== "after_call"}
            onClick={askToLeave}
          >
            <IconPower size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </div>
      <ConfirmDialog
        open={leaving}
        title={t.bar.signOutTitle}
        action={t.bar.signOut}
        onClose={stay}
        onConfirm={() => desk.signOut()}
      >
        {t.bar.signOutText}
      </ConfirmDialog>
    </section>
  );
}
