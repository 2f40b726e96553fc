import { Group, Text } from "@mantine/core";
import { IconPlus, IconUsers } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useQueues } from "@/api/references";
import type { User } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { Initials } from "@/shared/Initials";
import { LinkButton } from "@/shared/LinkButton";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { SearchField } from "@/shared/SearchField";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { useKeysetList } from "@/shared/useKeysetList";
import { useWords } from "@/words/messages";
import { useText } from "./messages";

export function UsersPage() {
  const t = useText();
  const shared = useSharedText();
  const words = useWords();
  const navigate = useNavigate();
  const mayWrite = usePermission("users.write");
  const queues = useQueues();
  const [search, setSearch] = useState("");
  const list = useKeysetList<User>(["users"], "/users", { search });
  const queueNames = (user: User) =>
    user.queue_ids
      .map((id) => queues.data?.find((queue) => queue.queue_id === id)?.name)
      .filter(Boolean)
      .join(", ");
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {mayWrite && (
          <LinkButton to="/users/new" leftSection={<IconPlus size={17} />}>
            {t.add}
          </LinkButton>
        )}
      </PageHeader>
      <Group mb="md">
        <SearchField label={t.search} value={search} onSearch={setSearch} />
      </Group>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.user_id}
        onRowClick={(row) =>
          void navigate({ to: "/users/$userId", params: { userId: row.user_id } })
        }
        empty={<EmptyState icon={IconUsers} title={search === "" ? t.nothing : t.noMatch} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <Group gap={10} wrap="nowrap">
                <Initials name={row.display_name} size={32} />
                <div>
                  <TextLink to="/users/$userId" params={{ userId: row.user_id }} fw={560}>
                    {row.display_name}
                  </TextLink>
                  <Text size="xs" c="dimmed">
                    {row.login}
                  </Text>
                </div>
              </Group>
            ),
          },
          {
            key: "role",
            header: t.role,
            render: (row) => (
              <>
                {words.roles[row.role]}
                {row.permissions.length > 0 && (
                  <Text size="xs" c="dimmed">
                    {t.extra(row.permissions.length)}
                  </Text>
                )}
              </>
            ),
          },
          { key: "queues", header: t.queues, wide: true, render: (row) => queueNames(row) || "–" },
          {
            key: "language",
            header: t.language,
            wide: true,
            render: (row) => words.languages[row.language],
          },
          {
            key: "state",
            header: t.state,
            wide: true,
            render: (row) => (
              <StatusBadge tone={row.active ? "good" : "quiet"}>
                {row.active ? shared.active : shared.inactive}
              </StatusBadge>
            ),
          },
        ]}
      />
    </>
  );
}
