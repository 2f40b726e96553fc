import { NativeSelect, Table, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { AgentSkills, SkillKey } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { errorText } from "@/shared/errors";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import classes from "./Queues.module.css";
import { useAgentSkills, useSkillChoices, useSkills } from "./useRouting";

const LEVELS = ["", "1", "2", "3", "4", "5"];

/** Agents by skills; each level is saved as it is chosen. */
export function SkillMatrix() {
  const t = useText().skills;
  const agents = useAgentSkills();
  const skills = useSkills();
  const { choices } = useSkillChoices();
  if (agents.isPending || skills.isPending) return <Loading />;
  if (agents.data === undefined || skills.data === undefined) {
    return (
      <LoadError
        error={agents.error ?? skills.error}
        onRetry={() => void Promise.all([agents.refetch(), skills.refetch()])}
      />
    );
  }
  return (
    <Panel title={t.matrix}>
      {agents.data.length === 0 ? (
        <Text c="var(--kwabo-soft)">{t.nobody}</Text>
      ) : (
        <Table.ScrollContainer minWidth={180 + 96 * choices.length} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th className={classes.who}>{t.agent}</Table.Th>
                {choices.map((skill) => (
                  <Table.Th key={skill.value}>{skill.label}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {agents.data
                .filter((agent) => agent.active)
                .map((agent) => (
                  <Row key={agent.user_id} agent={agent} choices={choices} />
                ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}

interface RowProps {
  agent: AgentSkills;
  choices: { value: SkillKey; label: string }[];
}

function Row({ agent, choices }: RowProps) {
  const t = useText().skills;
  const shared = useSharedText();
  const client = useQueryClient();
  const mayWrite = usePermission("queues.write");
  const change = useMutation({
    mutationFn: (skills: Record<SkillKey, number>) =>
      api.put<AgentSkills>(`/agent-skills/${agent.user_id}`, { skills }),
    onSuccess: (saved) => {
      client.setQueryData<AgentSkills[]>(["agent-skills"], (rows) =>
        rows?.map((row) => (row.user_id === saved.user_id ? saved : row)),
      );
      toast.success(t.levelSaved(agent.display_name));
    },
    onError: (error) => toast.error(errorText(error, shared)),
  });
  const choose = (key: SkillKey, level: string) => {
    const { [key]: _, ...rest } = agent.skills;
    change.mutate(level === "" ? rest : { ...rest, [key]: Number(level) });
  };
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.who}>
        {agent.display_name}
      </Table.Th>
      {choices.map((skill) => (
        <Table.Td key={skill.value}>
          <NativeSelect
            className={classes.level}
            aria-label={t.level(agent.display_name, skill.label)}
            disabled={!mayWrite || change.isPending}
            data={LEVELS.map((level) => ({ value: level, label: level || "–" }))}
            value={String(agent.skills[skill.value] ?? "")}
            onChange={(event) => choose(skill.value, event.currentTarget.value)}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
