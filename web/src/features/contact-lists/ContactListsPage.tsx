import { Group, Text } from "@mantine/core";
import { IconAddressBook, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ContactList } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { useLanguage } from "@/i18n/language";
import { DataTable, type TableColumn } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { PageHeader } from "@/shared/PageHeader";
import { SearchField } from "@/shared/SearchField";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { regionName } from "./places";

export function ContactListsPage() {
  const t = useText();
  const formats = useFormats();
  const language = useLanguage();
  const navigate = useNavigate();
  const mayWrite = usePermission("lists.write");
  const [search, setSearch] = useState("");
  const list = useKeysetList<ContactList>(["contact-lists"], "/contact-lists", { search });

  const actions = mayWrite && (
    <>
      <LinkButton to="/contact-lists/new" variant="default" leftSection={<IconPlus size={17} />}>
        {t.newList}
      </LinkButton>
      <LinkButton to="/imports/new" leftSection={<IconFileImport size={17} />}>
        {t.importFile}
      </LinkButton>
    </>
  );
  const columns: TableColumn<ContactList>[] = [
    {
      key: "name",
      header: t.name,
      render: (row) => (
        <TextLink
          to="/contact-lists/$contactListId"
          params={{ contactListId: row.contact_list_id }}
          fw={560}
        >
          {row.name}
        </TextLink>
      ),
    },
    {
      key: "contacts",
      header: t.contacts,
      align: "right",
      render: (row) => formats.count(row.contacts),
    },
    {
      key: "columns",
      header: t.columns,
      wide: true,
      render: (row) => (
        <Text size="sm" c="dimmed" lineClamp={1} maw={380}>
          {row.columns.map((column) => column.label).join(", ")}
        </Text>
      ),
    },
    {
      key: "region",
      header: t.region,
      wide: true,
      render: (row) => regionName(row.region, language),
    },
    {
      key: "updated",
      header: t.updated,
      align: "right",
      wide: true,
      render: (row) => formats.dateTime(row.updated_at),
    },
  ];
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {actions}
      </PageHeader>
      <Group mb="md">
        <SearchField label={t.search} value={search} onSearch={setSearch} />
      </Group>
      <DataTable
        label={t.title}
        list={list}
        columns={columns}
        rowKey={(row) => row.contact_list_id}
        onRowClick={(row) =>
          void navigate({
            to: "/contact-lists/$contactListId",
            params: { contactListId: row.contact_list_id },
          })
        }
        empty={
          search !== "" ? (
            <EmptyState icon={IconAddressBook} title={t.noMatch} />
          ) : (
            <EmptyState icon={IconAddressBook} title={t.nothing.title} text={t.nothing.text}>
              {actions && <Group justify="center">{actions}</Group>}
            </EmptyState>
          )
        }
      />
    </>
  );
}
