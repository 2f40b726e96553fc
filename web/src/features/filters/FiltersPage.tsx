import { ActionIcon, Button, Table } from "@mantine/core";
import { IconFilter, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useContactList } from "@/features/contact-lists/useContactList";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { EmptyState } from "@/shared/EmptyState";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { FilterDialog } from "./FilterDialog";
import { countClauses, toDraft } from "./filter-draft";
import { useText } from "./messages";
import type { ContactListFilter } from "./types";
import { filtersKey, useFilters } from "./useFilters";

/** A list's filters: what they are called, which campaigns use them. */
export function FiltersPage() {
  const t = useText();
  const { contactListId } = useParams({ from: "/contact-lists/$contactListId/filters" });
  const client = useQueryClient();
  const lists = usePermission("lists.write");
  const campaigns = usePermission("campaigns.write");
  const mayWrite = lists || campaigns;
  const list = useContactList(contactListId);
  const filters = useFilters(contactListId);
  const [edited, setEdited] = useState<ContactListFilter | "new" | null>(null);
  const [removed, setRemoved] = useState<ContactListFilter | null>(null);
  if (list.isPending || filters.isPending) return <Loading />;
  if (list.isError) return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
  if (filters.isError)
    return <LoadError error={filters.error} onRetry={() => void filters.refetch()} />;
  const newButton = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setEdited("new")}>
      {t.newFilter}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={`${t.title} – ${list.data.name}`}
        text={t.text}
        above={<BackLink to={`/contact-lists/${contactListId}`}>{t.back}</BackLink>}
      >
        {filters.data.length > 0 && newButton}
      </PageHeader>
      {filters.data.length === 0 ? (
        <EmptyState icon={IconFilter} title={t.nothing.title} text={t.nothing.text}>
          {newButton}
        </EmptyState>
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label={t.title} verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.name}</Table.Th>
                <Table.Th>{t.conditions}</Table.Th>
                <Table.Th>{t.usedBy}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {filters.data.map((one) => (
                <Table.Tr key={one.contact_list_filter_id}>
                  <Table.Td fw={560}>{one.name}</Table.Td>
                  <Table.Td>{t.clauses(countClauses(toDraft(one.document)))}</Table.Td>
                  <Table.Td>{one.campaigns.join(", ") || t.unused}</Table.Td>
                  <Table.Td align="right">
                    {mayWrite && (
                      <ActionIcon.Group style={{ justifyContent: "flex-end" }}>
                        <ActionIcon
                          variant="default"
                          size={34}
                          aria-label={t.edit(one.name)}
                          onClick={() => setEdited(one)}
                        >
                          <IconPencil size={17} />
                        </ActionIcon>
                        <ActionIcon
                          variant="default"
                          size={34}
                          aria-label={t.remove(one.name)}
                          disabled={one.campaigns.length > 0}
                          onClick={() => setRemoved(one)}
                        >
                          <IconTrash size={17} />
                        </ActionIcon>
                      </ActionIcon.Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {edited && (
        <FilterDialog
          list={list.data}
          filter={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        open={removed !== null}
        danger
        title={t.removeTitle(removed?.name ?? "")}
        action={t.removeAction}
        onClose={() => setRemoved(null)}
        onConfirm={async () => {
          await api.delete(`/contact-list-filters/${removed?.contact_list_filter_id}`);
          await client.invalidateQueries({ queryKey: filtersKey(contactListId) });
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}
