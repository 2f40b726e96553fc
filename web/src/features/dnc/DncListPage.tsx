import { ActionIcon, Button, Group, Text, TextInput } from "@mantine/core";
import { IconBan, IconPlus, IconTrash, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useDncLists } from "@/api/references";
import type { DncEntry } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { PageHeader } from "@/shared/PageHeader";
import { SearchField } from "@/shared/SearchField";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { AddEntries } from "./AddEntries";
import { useText } from "./messages";

export function DncListPage() {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { dncListId } = useParams({ from: "/dnc-lists/$dncListId" });
  const [search, setSearch] = useState("");
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [removing, setRemoving] = useState<DncEntry | null>(null);
  const [why, setWhy] = useState("");
  const lists = useDncLists();
  const list = lists.data?.find((one) => one.dnc_list_id === dncListId);
  const entries = useKeysetList<DncEntry>(
    ["dnc-lists", "entries", dncListId],
    `/dnc-lists/${dncListId}/entries`,
    { search },
  );
  const refresh = () => client.invalidateQueries({ queryKey: ["dnc-lists"] });
  const name = list?.name ?? t.title;
  const count = list?.entries ?? 0;
  return (
    <>
      <PageHeader
        title={name}
        text={t.entryCount(count, formats.count(count))}
        above={<BackLink to="/dnc-lists">{t.title}</BackLink>}
      >
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={17} />}
          onClick={() => setDeleting(true)}
        >
          {t.delete}
        </Button>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
          {t.adding.title}
        </Button>
      </PageHeader>
      <Group mb="md">
        <SearchField label={t.search} value={search} onSearch={setSearch} />
      </Group>
      <DataTable
        label={name}
        list={entries}
        rowKey={(row) => row.value}
        empty={<EmptyState icon={IconBan} title={search === "" ? t.none : t.noMatch} />}
        columns={[
          {
            key: "number",
            header: t.number,
            render: (row) => <b className="tabular">{formatNumber(row.value)}</b>,
          },
          { key: "reason", header: t.reason, wide: true, render: (row) => row.reason || "–" },
          {
            key: "source",
            header: t.source,
            wide: true,
            render: (row) => t.sources[row.source as keyof typeof t.sources] ?? row.source,
          },
          {
            key: "added",
            header: t.addedAt,
            wide: true,
            render: (row) => formats.dateTime(row.created_at),
          },
          {
            key: "expires",
            header: t.expires,
            render: (row) => {
              if (row.expires_at === null) return <Text size="sm">{t.forever}</Text>;
              const past = Date.parse(row.expires_at) < Date.now();
              return (
                <Text size="sm" {...(past ? { c: "dimmed" } : {})}>
                  {formats.dateTime(row.expires_at)}
                  {past && ` (${t.expired})`}
                </Text>
              );
            },
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) => (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t.removeOf(formatNumber(row.value))}
                onClick={() => {
                  setWhy("");
                  setRemoving(row);
                }}
              >
                <IconX size={17} />
              </ActionIcon>
            ),
          },
        ]}
      />
      {adding && (
        <AddEntries
          dncListId={dncListId}
          onAdded={() => void refresh()}
          onClose={() => setAdding(false)}
        />
      )}
      <ConfirmDialog
        open={removing !== null}
        danger
        title={t.removeTitle(formatNumber(removing?.value))}
        action={t.remove}
        disabled={why.trim() === ""}
        onClose={() => setRemoving(null)}
        onConfirm={async () => {
          await api.post(`/dnc-lists/${dncListId}/entries/remove`, {
            values: [removing?.value],
            reason: why.trim(),
          });
          await refresh();
          toast.success(t.removed);
        }}
      >
        {t.removeText}
        <TextInput
          mt="sm"
          label={t.removeReason}
          required
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </ConfirmDialog>
      <ConfirmDialog
        open={deleting}
        danger
        title={t.deleteTitle(name)}
        action={t.delete}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          await api.delete(`/dnc-lists/${dncListId}`);
          await refresh();
          toast.success(t.deleted);
          await navigate({ to: "/dnc-lists" });
        }}
      >
        {t.deleteText(formats.count(count))}
      </ConfirmDialog>
    </>
  );
}
