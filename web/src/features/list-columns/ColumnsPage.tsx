import { ActionIcon, Badge, Button, Group, Menu, Stack, Table, Text } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconCursorText,
  IconDots,
  IconPlus,
  IconTag,
  IconTransform,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { Column, ContactList } from "@/api/types";
import type { ChangeKind } from "@/api/types/lists";
import { useContactList } from "@/features/contact-lists/useContactList";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useWhenEnded } from "@/shared/useWhenEnded";
import { useWords } from "@/words/messages";
import { ChangeDialog } from "./ChangeDialog";
import { ChangePanel, useChangeTitle } from "./ChangePanel";
import { movedNames } from "./change-body";
import { useText } from "./messages";
import { endedChanges, openChange, useColumnChanges } from "./useColumnChanges";

type Asked = { kind: Exclude<ChangeKind, "order">; column: Column | null };

/** The columns of a list in use, one change at a time. */
export function ColumnsPage() {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const { contactListId } = useParams({ from: "/contact-lists/$contactListId/columns" });
  const mayWrite = usePermission("lists.write");
  const list = useContactList(contactListId);
  const changes = useColumnChanges(contactListId);
  const title = useChangeTitle();
  const [asked, setAsked] = useState<Asked | null>(null);
  const open = openChange(changes.data ?? []);
  useWhenEnded(changes.data && endedChanges(changes.data), () => {
    void client.invalidateQueries({ queryKey: ["contact-lists"] });
    void client.invalidateQueries({ queryKey: ["contacts"] });
  });
  if (list.isPending || changes.isPending) return <Loading />;
  if (list.isError || changes.isError) {
    return (
      <LoadError
        error={list.error ?? changes.error}
        onRetry={() => {
          void list.refetch();
          void changes.refetch();
        }}
      />
    );
  }
  const done = changes.data.filter((change) => change !== open);
  return (
    <>
      <PageHeader
        title={t.title}
        text={t.text}
        above={
          <BackLink to="/contact-lists/$contactListId" params={{ contactListId }}>
            {list.data.name}
          </BackLink>
        }
      >
        {mayWrite && (
          <Button
            leftSection={<IconPlus size={17} />}
            disabled={open !== null}
            onClick={() => setAsked({ kind: "add", column: null })}
          >
            {t.add}
          </Button>
        )}
      </PageHeader>
      <Stack>
        {open && <ChangePanel key={open.column_change_id} change={open} />}
        <ColumnTable list={list.data} locked={!mayWrite || open !== null} onAsk={setAsked} />
        {done.length > 0 && (
          <Panel title={t.history}>
            <Stack gap={6}>
              {done.map((change) => (
                <Group key={change.column_change_id} justify="space-between" gap="sm">
                  <Text size="sm">{title(change)}</Text>
                  <Group gap="sm">
                    <Text size="xs" c="dimmed">
                      {formats.dateTime(change.ended_at ?? change.created_at)}
                    </Text>
                    <StatusBadge tone={change.state === "complete" ? "good" : "quiet"}>
                      {t.states[change.state]}
                    </StatusBadge>
                  </Group>
                </Group>
              ))}
            </Stack>
          </Panel>
        )}
      </Stack>
      {asked && <ChangeDialog list={list.data} {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function ColumnTable(props: { list: ContactList; locked: boolean; onAsk: (asked: Asked) => void }) {
  const { list, locked, onAsk } = props;
  const t = useText();
  const words = useWords();
  const client = useQueryClient();
  const columns = [...list.columns].sort((a, b) => a.position - b.position);

  async function move(column: Column, step: -1 | 1) {
    try {
      await api.post(`/contact-lists/${list.contact_list_id}/column-changes`, {
        kind: "order",
        version: list.version,
        order: movedNames(columns, column.name, step),
      });
      await client.invalidateQueries({ queryKey: ["column-changes"] });
    } catch (error) {
      toast.error(error);
    }
  }

  return (
    <Panel title={t.title}>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.name}</Table.Th>
              <Table.Th visibleFrom="sm">{t.label}</Table.Th>
              <Table.Th>{t.kind}</Table.Th>
              <Table.Th aria-label={t.actions("")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column, index) => (
              <Table.Tr key={column.name}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  <Group gap={6}>
                    <Text size="sm" fw={560}>
                      {column.name}
                    </Text>
                    {list.key_columns.includes(column.name) && (
                      <Badge size="xs" variant="light">
                        {t.key}
                      </Badge>
                    )}
                  </Group>
                </Table.Td>
                <Table.Td visibleFrom="sm">{column.label}</Table.Td>
                <Table.Td>{words.kinds[column.kind]}</Table.Td>
                <Table.Td>
                  <Group gap={2} justify="flex-end" wrap="nowrap">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t.up(column.label)}
                      disabled={locked || index === 0}
                      onClick={() => void move(column, -1)}
                    >
                      <IconArrowUp size={17} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t.down(column.label)}
                      disabled={locked || index === columns.length - 1}
                      onClick={() => void move(column, 1)}
                    >
                      <IconArrowDown size={17} />
                    </ActionIcon>
                    <Menu position="bottom-end" width={210}>
                      <Menu.Target>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          disabled={locked}
                          aria-label={t.actions(column.label)}
                        >
                          <IconDots size={17} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item
                          leftSection={<IconCursorText size={16} />}
                          onClick={() => onAsk({ kind: "rename", column })}
                        >
                          {t.rename}
                        </Menu.Item>
                        <Menu.Item
                          leftSection={<IconTag size={16} />}
                          onClick={() => onAsk({ kind: "label", column })}
                        >
                          {t.relabel}
                        </Menu.Item>
                        <Menu.Item
                          leftSection={<IconTransform size={16} />}
                          onClick={() => onAsk({ kind: "kind", column })}
                        >
                          {t.convert}
                        </Menu.Item>
                        <Menu.Item
                          color="red"
                          leftSection={<IconTrash size={16} />}
                          onClick={() => onAsk({ kind: "remove", column })}
                        >
                          {t.remove}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
