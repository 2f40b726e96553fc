import { Group, Select, Text } from "@mantine/core";
import { IconAddressBook, IconSearchOff } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Campaign, CampaignContact } from "@/api/types";
import { useContactList } from "@/features/contact-lists/useContactList";
import { formatNumber } from "@/formats/phone";
import { contactName } from "@/shared/contact-name";
import { DataTable, type TableColumn } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { useText as useSharedText } from "@/shared/messages";
import { SearchField } from "@/shared/SearchField";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { ResultBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import { ExplanationDrawer } from "./ExplanationDrawer";
import { ExplanationLine } from "./ExplanationLine";
import { useText } from "./messages";
import type { CampaignSearch } from "./routes";

/** The campaign's contacts, and beside each why it is not being called and when it will be. */
export function ContactsTab({ campaign }: { campaign: Campaign }) {
  const t = useText().contacts;
  const words = useWords();
  const shared = useSharedText();
  const formats = useFormats();
  const navigate = useNavigate();
  const filter: CampaignSearch = useSearch({ from: "/campaigns/$campaignId" });
  const [open, setOpen] = useState<CampaignContact | null>(null);
  const list = useContactList(campaign.contact_list_id);
  const rows = useKeysetList<CampaignContact>(
    ["campaigns", "contacts", campaign.campaign_id],
    `/campaigns/${campaign.campaign_id}/contacts`,
    { search: filter.search, state: filter.state },
  );
  const show = (part: { search?: string | undefined; state?: string | undefined }) =>
    void navigate({
      to: "/campaigns/$campaignId",
      params: { campaignId: campaign.campaign_id },
      search: { ...filter, ...part },
      replace: true,
    });
  const nameOf = (row: CampaignContact) => contactName(row.contact, list.data?.columns ?? []);
  const columns: TableColumn<CampaignContact>[] = [
    {
      key: "contact",
      header: t.contact,
      render: (row) => (
        <>
          <TextLink
            to="/contacts/$contactId"
            params={{ contactId: row.contact.contact_id }}
            fw={560}
            style={{ whiteSpace: "nowrap" }}
          >
            {nameOf(row)}
          </TextLink>
          <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: "nowrap" }}>
            {formatNumber(row.contact.numbers[0]?.number)}
          </Text>
        </>
      ),
    },
    {
      key: "state",
      header: t.state,
      wide: true,
      render: (row) =>
        words.courseStates[row.state as keyof typeof words.courseStates] ?? row.state,
    },
    {
      key: "attempts",
      header: t.attempts,
      align: "right",
      wide: true,
      render: (row) => `${row.attempts} / ${campaign.max_attempts}`,
    },
    {
      key: "last",
      header: t.last,
      wide: true,
      render: (row) =>
        row.last_result ? (
          <>
            <ResultBadge result={row.last_result} />
            <Text size="xs" c="dimmed" mt={2}>
              {row.last_attempt_at && formats.dateTime(row.last_attempt_at)}
            </Text>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {t.never}
          </Text>
        ),
    },
    {
      key: "why",
      header: t.why,
      render: (row) => (
        <ExplanationLine
          explanation={row.explanation}
          name={nameOf(row)}
          onOpen={() => setOpen(row)}
        />
      ),
    },
  ];
  const filtered = filter.search !== undefined || filter.state !== undefined;
  return (
    <>
      <Group mb="md" gap="sm">
        <SearchField
          label={t.search}
          value={filter.search ?? ""}
          onSearch={(search) => show({ search: search || undefined })}
        />
        <Select
          aria-label={t.state}
          w={190}
          value={filter.state ?? "all"}
          allowDeselect={false}
          data={[
            { value: "all", label: shared.all },
            ...Object.entries(words.courseStates).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(state) => show({ state: state === "all" ? undefined : (state ?? undefined) })}
        />
      </Group>
      <DataTable
        label={campaign.name}
        list={rows}
        columns={columns}
        rowKey={(row) => row.contact.contact_id}
        onRowClick={setOpen}
        empty={
          <EmptyState
            icon={filtered ? IconSearchOff : IconAddressBook}
            title={filtered ? t.noMatch : t.empty}
          />
        }
      />
      <ExplanationDrawer
        campaignId={campaign.campaign_id}
        row={open}
        name={open ? nameOf(open) : ""}
        onClose={() => setOpen(null)}
      />
    </>
  );
}
