import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import {
  IconBan,
  IconDownload,
  IconFileImport,
  IconPlus,
  IconSettings,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, apiUrl } from "@/api/client";
import type { DncEntry, DncList } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { SearchField } from "@/shared/SearchField";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { AddEntries } from "./AddEntries";
import { ListBadges } from "./ListBadges";
import { ListForm } from "./ListForm";
import { useText } from "./messages";
import { ProviderPanel } from "./ProviderPanel";
import { reasonOf } from "./reasons";
import { ScreeningNote } from "./ScreeningNote";
import { UploadEntries } from "./UploadEntries";
import { Uploads } from "./Uploads";

type Dialog = "settings" | "adding" | "uploading" | "deleting";

export function DncListPage() {
  const { dncListId } = useParams({ from: "/dnc-lists/$dncListId" });
  const list = useQuery({
    queryKey: ["dnc-lists", "one", dncListId],
    queryFn: ({ signal }) => api.get<DncList>(`/dnc-lists/${dncListId}`, { signal }),
  });
  if (list.isPending) return <Loading />;
  if (list.data === undefined) {
    return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
  }
  return <OfList list={list.data} />;
}

function OfList({ list }: { list: DncList }) {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const refresh = () => client.invalidateQueries({ queryKey: ["dnc-lists"] });
  const count = formats.count(list.entries);
  return (
    <>
      <PageHeader
        title={list.name}
        text={
          list.provider
            ? t.answerCount(list.entries, count)
            : list.key_column === null
              ? t.entryCount(list.entries, count)
              : t.valueCount(list.entries, count)
        }
        above={<BackLink to="/dnc-lists">{t.title}</BackLink>}
        beside={<ListBadges list={list} />}
      >
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={17} />}
          onClick={() => setDialog("deleting")}
        >
          {t.delete}
        </Button>
        <Button
          variant="default"
          leftSection={<IconSettings size={17} />}
          onClick={() => setDialog("settings")}
        >
          {t.form.change}
        </Button>
        {!list.provider && (
          <>
            <Button
              variant="default"
              leftSection={<IconFileImport size={17} />}
              onClick={() => setDialog("uploading")}
            >
              {t.uploading.title}
            </Button>
            {list.screening_authority === null && (
              <Button leftSection={<IconPlus size={17} />} onClick={() => setDialog("adding")}>
                {t.adding.title(list.key_column)}
              </Button>
            )}
          </>
        )}
      </PageHeader>
      {list.screening_authority !== null && <ScreeningNote list={list} />}
      {list.provider ? (
        <ProviderPanel list={list} provider={list.provider} />
      ) : (
        <Stack gap="lg">
          <Uploads dncListId={list.dnc_list_id} />
          <Entries list={list} onChanged={() => void refresh()} />
        </Stack>
      )}
      {dialog === "settings" && <ListForm list={list} onDone={close} onClose={close} />}
      {dialog === "adding" && (
        <AddEntries list={list} onAdded={() => void refresh()} onClose={close} />
      )}
      {dialog === "uploading" && (
        <UploadEntries
          list={list}
          onStarted={() => void client.invalidateQueries({ queryKey: ["dnc-uploads"] })}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={dialog === "deleting"}
        danger
        title={t.deleteTitle(list.name)}
        action={t.delete}
        onClose={close}
        onConfirm={async () => {
          await api.delete(`/dnc-lists/${list.dnc_list_id}`);
          await navigate({ to: "/dnc-lists" });
          await refresh();
          toast.success(t.deleted);
        }}
      >
        {t.deleteText(count)}
      </ConfirmDialog>
    </>
  );
}

function Entries({ list, onChanged }: { list: DncList; onChanged: () => void }) {
  const t = useText();
  const formats = useFormats();
  const [search, setSearch] = useState("");
  const [removing, setRemoving] = useState<DncEntry | null>(null);
  const [why, setWhy] = useState("");
  const byNumber = list.key_column === null;
  const shown = (value: string | undefined) => (byNumber ? formatNumber(value) : (value ?? ""));
  const entries = useKeysetList<DncEntry>(
    ["dnc-lists", "entries", list.dnc_list_id],
    `/dnc-lists/${list.dnc_list_id}/entries`,
    { search },
  );
  return (
    <div>
      <Group mb="md" justify="space-between">
        <SearchField
          label={byNumber ? t.search : t.searchValue}
          value={search}
          onSearch={setSearch}
        />
        {list.entries > 0 && (
          <Button
            component="a"
            href={apiUrl(`/dnc-lists/${list.dnc_list_id}/export.csv`)}
            download
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} />}
          >
            {t.export}
          </Button>
        )}
      </Group>
      <DataTable
        label={list.name}
        list={entries}
        rowKey={(row) => row.value}
        empty={
          search === "" ? (
            <EmptyState icon={IconBan} title={t.none} text={t.noneText} />
          ) : (
            <EmptyState icon={IconBan} title={t.noMatch} />
          )
        }
        columns={[
          {
            key: "value",
            header: list.key_column ?? t.number,
            render: (row) => <b className="tabular">{shown(row.value)}</b>,
          },
          {
            key: "reason",
            header: t.reason,
            wide: true,
            render: (row) => reasonOf(row.reason, t) || "–",
          },
          {
            key: "source",
            header: t.source,
            wide: true,
            render: (row) => (
              <Text size="sm">
                {t.sources[row.source as keyof typeof t.sources] ?? row.source}
                {row.user_name && `, ${row.user_name}`}
              </Text>
            ),
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
                aria-label={t.removeOf(shown(row.value))}
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
      <ConfirmDialog
        open={removing !== null}
        danger
        title={t.removeTitle(shown(removing?.value))}
        action={t.remove}
        disabled={why.trim().length < 3}
        onClose={() => setRemoving(null)}
        onConfirm={async () => {
          const answer = await api.post<{ reopened: number }>(
            `/dnc-lists/${list.dnc_list_id}/entries/remove`,
            {
              values: [removing?.value],
              reason: why.trim(),
            },
          );
          onChanged();
          toast.success(answer.reopened > 0 ? t.removedReopened(answer.reopened) : t.removed);
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
    </div>
  );
}
