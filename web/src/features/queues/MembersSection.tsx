import { NumberInput, Table, Text } from "@mantine/core";
import { useUsers } from "@/api/references";
import { usePermission } from "@/features/session/session";
import { Panel } from "@/shared/Panel";
import type { SectionProps } from "./fields";
import { useText } from "./messages";

/** Each agent's ring and rank. */
export function MembersSection({ form, readOnly }: SectionProps) {
  const t = useText().members;
  const users = useUsers(usePermission("users.read"));
  const { members } = form.values;
  const nameOf = (id: string) =>
    users.data?.find((user) => user.user_id === id)?.display_name ?? "…";
  return (
    <Panel title={t.title} text={t.text}>
      {members.length === 0 ? (
        <Text c="var(--kwabo-soft)">{t.nobody}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.agent}</Table.Th>
              <Table.Th>{t.ring}</Table.Th>
              <Table.Th>{t.rank}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member, index) => (
              <Table.Tr key={member.user_id}>
                <Table.Td>{nameOf(member.user_id)}</Table.Td>
                <Table.Td>
                  <NumberInput
                    w={82}
                    aria-label={`${nameOf(member.user_id)}: ${t.ring}`}
                    min={1}
                    max={6}
                    readOnly={readOnly}
                    {...form.getInputProps(`members.${index}.ring`)}
                  />
                </Table.Td>
                <Table.Td>
                  <NumberInput
                    w={82}
                    aria-label={`${nameOf(member.user_id)}: ${t.rank}`}
                    min={1}
                    max={9}
                    readOnly={readOnly}
                    {...form.getInputProps(`members.${index}.rank`)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
