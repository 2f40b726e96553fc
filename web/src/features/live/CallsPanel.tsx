import { Table, Text } from "@mantine/core";
import type { AgentState, AttemptLive } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { Since } from "@/shared/Duration";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { AttemptBadge } from "@/words/badges";
import { callSince, waitsForAgent } from "./board";
import classes from "./CallsPanel.module.css";
import { useText } from "./messages";

/** More rows than a screen can show would only slow it down. */
const SHOWN = 30;

export function CallsPanel({ calls, agents }: { calls: AttemptLive[]; agents: AgentState[] }) {
  const t = useText().calls;
  const formats = useFormats();
  const names = new Map(agents.map((agent) => [agent.user_id, agent.display_name]));
  return (
    <Panel title={t.title} text={calls.length > 0 ? formats.count(calls.length) : undefined}>
      {calls.length === 0 ? (
        <Text c="dimmed">{t.none}</Text>
      ) : (
        <div className={classes.room}>
          <Table className={classes.table} verticalSpacing={7} horizontalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.number}</Table.Th>
                <Table.Th className={classes.widest}>{t.campaign}</Table.Th>
                <Table.Th className={classes.wide}>{t.agent}</Table.Th>
                <Table.Th className={classes.wide}>{t.state}</Table.Th>
                <Table.Th ta="right">{t.duration}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {calls.slice(0, SHOWN).map((call) => {
                const since = callSince(call);
                const agent = call.agent_user_id ? names.get(call.agent_user_id) : undefined;
                return (
                  <Table.Tr key={call.attempt_id}>
                    <Table.Td className={classes.number}>
                      {formatNumber(call.number)}
                      <span className={classes.under}>{call.campaign_name}</span>
                      <span className={classes.narrow}>{agent ?? call.campaign_name}</span>
                      <span className={classes.narrow}>
                        <CallState call={call} />
                      </span>
                    </Table.Td>
                    <Table.Td className={classes.widest}>{call.campaign_name}</Table.Td>
                    <Table.Td className={classes.wide}>{agent ?? t.noAgent}</Table.Td>
                    <Table.Td className={classes.wide}>
                      <CallState call={call} />
                    </Table.Td>
                    <Table.Td ta="right">{since && <Since at={since} />}</Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {calls.length > SHOWN && (
        <Text size="sm" c="dimmed" mt="xs">
          {t.more(formats.count(calls.length - SHOWN))}
        </Text>
      )}
    </Panel>
  );
}

function CallState({ call }: { call: AttemptLive }) {
  const t = useText().calls;
  return (
    <span className={classes.state}>
      {waitsForAgent(call) ? (
        <StatusBadge tone="bad" pulse>
          {t.waiting}
        </StatusBadge>
      ) : call.in_flow ? (
        <StatusBadge tone="violet">{t.inFlow}</StatusBadge>
      ) : (
        <AttemptBadge attempt={call} />
      )}
      {call.held && <StatusBadge tone="warn">{t.held}</StatusBadge>}
      {call.agent_lost && <StatusBadge tone="bad">{t.agentLost}</StatusBadge>}
    </span>
  );
}
