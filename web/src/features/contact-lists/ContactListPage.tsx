import { ActionIcon, Button, Group, Menu, SegmentedControl, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconAddressBook,
  IconAdjustments,
  IconColumns3,
  IconDots,
  IconDownload,
  IconFileImport,
  IconFilter,
  IconHeartRateMonitor,
  IconPlus,
  IconSearchOff,
  IconTrash,
} from "@tabler/icons-react";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { apiUrl } from "@/api/client";
import type { Contact } from "@/api/types";
import { useText as useFilterText } from "@/features/filters/messages";
import { useText as useColumnsText } from "@/features/list-columns/messages";
import { useText as useHealthText } from "@/features/list-health/messages";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { SearchField } from "@/shared/SearchField";
import { SearchProgress } from "@/shared/SearchProgress";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { AddContact } from "./AddContact";
import { contactColumns } from "./contact-columns";
import { DeleteList } from "./DeleteList";
import { useText } from "./messages";
import type { ContactSearch } from "./routes";
import { useContactList } from "./useContactList";

const CALLABLE = { yes: true, no: false } as const;

export function ContactListPage() {
  const t = useText();
  const health = useHealthText();
  const columnsText = useColumnsText();
  const filterText = useFilterText();
  const formats = useFormats();
  const { contactListId } = useParams({ from: "/contact-lists/$contactListId" });
  const filter: ContactSearch = useSearch({ from: "/contact-lists/$contactListId" });
  const navigate = useNavigate();
  const mayWriteLists = usePermission("lists.write");
  const mayWriteContacts = usePermission("contacts.write");
  const [deleting, { open: askDelete, close: stopDelete }] = useDisclosure(false);
  const [adding, { open: openAdd, close: closeAdd }] = useDisclosure(false);
  const list = useContactList(contactListId);
  const contacts = useKeysetList<Contact>(
    ["contacts", contactListId],
    `/contact-lists/${contactListId}/contacts`,
    {
      search: filter.search,
      sort: filter.sort,
      callable: filter.callable ? CALLABLE[filter.callable] : undefined,
    },
  );
  if (list.isPending) return <Loading />;
  if (list.isError) return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
  const { data } = list;

  const show = (part: Partial<ContactSearch>) =>
    void navigate({
      to: "/contact-lists/$contactListId",
      params: { contactListId },
      search: { ...filter, ...part },
      replace: true,
    });
  const filtered = filter.search !== undefined || filter.callable !== undefined;
  const importButton = mayWriteContacts && (
    <LinkButton
      to="/imports/new"
      search={{ list: contactListId }}
      leftSection={<IconFileImport size={17} />}
    >
      {t.importFile}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={data.name}
        text={t.contactCount(data.contacts, formats.count(data.contacts))}
        above={<BackLink to="/contact-lists">{t.title}</BackLink>}
      >
        <Button
          component="a"
          href={apiUrl(`/contact-lists/${contactListId}/export.csv`, { search: filter.search })}
          download
          variant="default"
          leftSection={<IconDownload size={17} />}
        >
          {t.page.export}
        </Button>
        <LinkButton
          to="/contact-lists/$contactListId/filters"
          params={{ contactListId }}
          variant="default"
          leftSection={<IconFilter size={17} />}
        >
          {filterText.title}
        </LinkButton>
        {importButton}
        {
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t.page.more}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconHeartRateMonitor size={16} />}
                renderRoot={(props) => (
                  <Link
                    to="/contact-lists/$contactListId/health"
                    params={{ contactListId }}
                    {...props}
                  />
                )}
              >
                {health.open}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconColumns3 size={16} />}
                renderRoot={(props) => (
                  <Link
                    to="/contact-lists/$contactListId/columns"
                    params={{ contactListId }}
                    {...props}
                  />
                )}
              >
                {columnsText.open}
              </Menu.Item>
              {mayWriteContacts && (
                <Menu.Item leftSection={<IconPlus size={16} />} onClick={openAdd}>
                  {t.page.addContact}
                </Menu.Item>
              )}
              {mayWriteLists && (
                <>
                  <Menu.Item
                    leftSection={<IconAdjustments size={16} />}
                    renderRoot={(props) => (
                      <Link
                        to="/contact-lists/$contactListId/edit"
                        params={{ contactListId }}
                        {...props}
                      />
                    )}
                  >
                    {t.page.settings}
                  </Menu.Item>
                  <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={askDelete}>
                    {t.delete.action}
                  </Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        }
      </PageHeader>
      <Group mb="md" gap="sm" align="flex-start">
        <div style={{ maxWidth: "100%" }}>
          <SearchField
            label={t.page.search}
            value={filter.search ?? ""}
            onSearch={(search) => show({ search: search || undefined })}
            width={380}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t.page.searchHelp}
          </Text>
        </div>
        <SegmentedControl
          aria-label={t.page.callable}
          value={filter.callable ?? "all"}
          data={[
            { value: "all", label: t.page.everyone },
            { value: "yes", label: t.page.callableOnly },
            { value: "no", label: t.page.uncallableOnly },
          ]}
          onChange={(value) =>
            show({ callable: value === "all" ? undefined : (value as "yes" | "no") })
          }
        />
      </Group>
      <SearchProgress lookedAt={contacts.lookedAt} of={data.contacts} />
      <DataTable
        label={data.name}
        list={contacts}
        columns={contactColumns(data.columns, t, formats.date)}
        rowKey={(row) => row.contact_id}
        onRowClick={(row) =>
          void navigate({ to: "/contacts/$contactId", params: { contactId: row.contact_id } })
        }
        sort={filter.sort ?? ""}
        onSort={(sort) => show({ sort })}
        empty={
          filtered ? (
            <EmptyState
              icon={IconSearchOff}
              title={t.page.noMatch.title}
              text={t.page.noMatch.text}
            />
          ) : (
            <EmptyState icon={IconAddressBook} title={t.page.empty.title} text={t.page.empty.text}>
              {importButton}
            </EmptyState>
          )
        }
      />
      <DeleteList list={data} open={deleting} onClose={stopDelete} />
      <AddContact list={data} open={adding} onClose={closeAdd} />
    </>
  );
}
