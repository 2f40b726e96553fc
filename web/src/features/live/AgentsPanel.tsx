import { Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { usePauseReasons } from "@/api/references";
import type { AgentState, AgentStatus } from "@/api/types";
import { Since } from "@/shared/Duration";
import { Initials } from "@/shared/Initials";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useNowSeconds } from "@/shared/useNow";
import { useWords } from "@/words/messages";
import { AGENT_TONES } from "@/words/tones";
import classes from "./AgentsPanel.module.css";
import { isLong, statusCounts } from "./board";
import { useText } from "./messages";

/** Who is in which state, and for how long. The counts above filter. */
export function AgentsPanel({ agents, signedOut }: { agents: AgentState[]; signedOut: number }) {
  const t = useText().agents;
  const words = useWords();
  const [only, setOnly] = useState<AgentStatus | null>(null);
  const shown = only === null ? agents : agents.filter((agent) => agent.status === only);
  return (
    <Panel title={t.title} text={agents.length > 0 ? t.count(agents.length) : undefined}>
      {agents.length > 0 && (
        <fieldset className={classes.filters} aria-label={t.filter}>
          <UnstyledButton
            className={classes.filter}
            aria-pressed={only === null}
            onClick={() => setOnly(null)}
          >
            {t.all} <b>{agents.length}</b>
          </UnstyledButton>
          {statusCounts(agents).map(([status, count]) => (
            <UnstyledButton
              key={status}
              className={classes.filter}
              aria-pressed={only === status}
              onClick={() => setOnly(only === status ? null : status)}
            >
              <span className={classes.dot} data-tone={AGENT_TONES[status]} aria-hidden />
              {words.agentStatuses[status]} <b>{count}</b>
            </UnstyledButton>
          ))}
        </fieldset>
      )}
      {shown.length === 0 ? (
        <Text c="dimmed">{agents.length === 0 ? t.none : t.noneInFilter}</Text>
      ) : (
        <ul className={classes.list}>
          {shown.map((agent) => (
            <AgentRow key={agent.user_id} agent={agent} />
          ))}
        </ul>
      )}
      {signedOut > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t.signedOut(signedOut)}
        </Text>
      )}
    </Panel>
  );
}

function AgentRow({ agent }: { agent: AgentState }) {
  const t = useText().agents;
  const words = useWords();
  const formats = useFormats();
  const reasons = usePauseReasons();
  const now = useNowSeconds();
  const long = isLong(agent.status, now - Date.parse(agent.since) / 1000);
  const reason =
    agent.status === "paused"
      ? reasons.data?.find((one) => one.pause_reason_id === agent.pause_reason_id)
      : undefined;
  const note = reason
    ? formats.name(reason)
    : agent.pause_after
      ? t.pauseAfter
      : (agent.attempt?.campaign_name ?? "");
  return (
    <li className={classes.agent}>
      <Initials name={agent.display_name} size={34} />
      <div className={classes.who}>
        <span className={classes.name}>{agent.display_name}</span>
        {note && <span className={classes.note}>{note}</span>}
      </div>
      <StatusBadge tone={AGENT_TONES[agent.status]}>
        {words.agentStatuses[agent.status]}
      </StatusBadge>
      <span className={classes.since} data-long={long || undefined}>
        {long && <IconAlertTriangle size={14} aria-label={t.long} />}
        <Since at={agent.since} />
      </span>
    </li>
  );
}
