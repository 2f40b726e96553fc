import { Button, Menu, Text } from "@mantine/core";
import {
  IconChevronDown,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneRinging,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { AgentState, Alert, AttemptLive, RefusalReason } from "@/api/types";
import { CallerFacts } from "@/features/callers/CallerFacts";
import { useText as useCallerText } from "@/features/callers/messages";
import { formatNumber } from "@/formats/phone";
import { Since, Until } from "@/shared/Duration";
import { useText } from "./messages";
import panels from "./Panels.module.css";
import classes from "./RingingPanel.module.css";
import { unlockSounds } from "./sounds";
import { useCommand } from "./useDesk";
import { useShortcut } from "./useShortcuts";

const REASONS: readonly RefusalReason[] = ["busy", "not_mine", "technical", "other"];

/** A caller waits for the agent's answer: who it is, take or refuse, and the time that is left. */
export function RingingPanel({
  agent,
  attempt,
  silent,
}: {
  agent: AgentState;
  attempt: AttemptLive;
  silent: boolean;
}) {
  const t = useText();
  const callers = useCallerText();
  const { run, pending } = useCommand();
  const [choosing, setChoosing] = useState(false);
  const id = attempt.attempt_id;
  const query = useQuery({
    queryKey: ["agent", "alert", id],
    queryFn: () => api.get<Alert>("/agent/alert"),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 2,
  });
  const alert = query.data?.attempt_id === id ? query.data : undefined;
  const number = attempt.number ? formatNumber(attempt.number) : t.alert.withheld;
  const titled = alert?.callback ? t.alert.callback : t.alert.inQueue;
  const take = () => void run("take", { attempt_id: id });
  const refuse = (reason: RefusalReason | null) => void run("refuse", { attempt_id: id, reason });
  useShortcut("enter", take);
  useShortcut("refuse", choosing ? null : () => refuse(null));

  return (
    <>
      <section className={classes.panel} aria-label={t.alert.title}>
        <span className={classes.icon}>
          <IconPhoneRinging size={34} stroke={1.5} aria-hidden />
        </span>
        <div className={classes.who}>
          <p className={classes.queue}>
            {alert?.caller.queue_name ? titled(alert.caller.queue_name) : t.alert.title}
          </p>
          <h2>{alert?.contact_name || number}</h2>
          {alert?.contact_name && <p className={classes.number}>{number}</p>}
          {alert?.caller.queued_at && (
            <Text size="sm" c="dimmed">
              {t.alert.waits} <Since at={alert.caller.queued_at} />
            </Text>
          )}
          {alert?.callback && <Text size="sm">{t.alert.callbackNote}</Text>}
        </div>
        <div className={classes.actions}>
          {agent.alert_until && (
            <Text size="sm" c="dimmed" className={classes.left}>
              {t.alert.left} <Until at={agent.alert_until} />
            </Text>
          )}
          <Button
            color="green"
            size="lg"
            leftSection={<IconPhoneCall size={20} />}
            loading={pending === "take"}
            aria-keyshortcuts="Enter"
            onClick={take}
          >
            {alert?.callback ? t.alert.takeCallback : t.alert.take}
          </Button>
          <Button.Group>
            <Button
              variant="default"
              size="lg"
              leftSection={<IconPhoneOff size={18} />}
              loading={pending === "refuse"}
              aria-keyshortcuts="Escape"
              onClick={() => refuse(null)}
            >
              {t.alert.refuse}
            </Button>
            <Menu opened={choosing} onChange={setChoosing} position="bottom-end" shadow="md">
              <Menu.Target>
                <Button
                  variant="default"
                  size="lg"
                  px="sm"
                  disabled={pending !== null}
                  aria-label={t.alert.refuseWith}
                >
                  <IconChevronDown size={16} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{t.alert.refuseWith}</Menu.Label>
                {REASONS.map((reason) => (
                  <Menu.Item key={reason} onClick={() => refuse(reason)}>
                    {t.alert.reasons[reason]}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Button.Group>
        </div>
        {silent && (
          <p className={classes.silent} role="status">
            {t.leg.soundBlocked}{" "}
            <Button size="compact-sm" variant="light" onClick={unlockSounds}>
              {t.leg.allowSound}
            </Button>
          </p>
        )}
      </section>
      {alert && (
        <section className={panels.panel} aria-label={callers.title}>
          <h3>{callers.title}</h3>
          <CallerFacts caller={alert.caller} why />
        </section>
      )}
    </>
  );
}
