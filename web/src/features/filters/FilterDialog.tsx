import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import type { ContactList } from "@/api/types";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { FilterGroup } from "./FilterGroup";
import { isComplete, newGroup, replaced, toDocument, toDraft } from "./filter-draft";
import { MatchesPanel } from "./MatchesPanel";
import { useText } from "./messages";
import type { ContactListFilter } from "./types";
import { filtersKey, useFilterFields, useMatches } from "./useFilters";

interface Props {
  list: ContactList;
  /** The filter to edit; null: a new one. */
  filter: ContactListFilter | null;
  /** Whose calls "this campaign" means. */
  campaignId?: string | undefined;
  onClose: () => void;
  onSaved?: (filter: ContactListFilter) => void;
}

/** A filter's editor, with a live count and sample of the contacts it lets through. */
export function FilterDialog({ list, filter, campaignId, onClose, onSaved }: Props) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const small = useMediaQuery("(max-width: 700px)");
  const [name, setName] = useState(filter?.name ?? "");
  const [draft, setDraft] = useState(() => (filter ? toDraft(filter.document) : newGroup()));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const fields = useFilterFields(list.contact_list_id);
  const [settled] = useDebouncedValue(draft, 350);
  const complete = isComplete(settled);
  const matches = useMatches(
    list.contact_list_id,
    complete ? toDocument(settled) : null,
    campaignId,
  );
  const errors = errorsOf(problem ?? (complete ? matches.error : null));

  async function save() {
    setBusy(true);
    setProblem(null);
    try {
      const body = { name, document: toDocument(draft) };
      const saved = filter
        ? await api.patch<ContactListFilter>(
            `/contact-list-filters/${filter.contact_list_filter_id}`,
            { version: filter.version, ...body },
          )
        : await api.post<ContactListFilter>(`/contact-lists/${list.contact_list_id}/filters`, body);
      await client.invalidateQueries({ queryKey: filtersKey(list.contact_list_id) });
      toast.success(t.saved);
      onSaved?.(saved);
      onClose();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={980}
      fullScreen={small ?? false}
      title={<Text fw={620}>{filter ? t.editTitle : t.newFilter}</Text>}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      <Stack>
        <FormProblem problem={problem} />
        <TextInput
          label={t.name}
          required
          data-autofocus
          maxLength={200}
          value={name}
          error={errors.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {fields.isPending && <Loading />}
        {fields.isError && <LoadError error={fields.error} onRetry={() => void fields.refetch()} />}
        {fields.data && (
          <FilterGroup
            group={draft}
            fields={fields.data}
            errors={errors}
            onChange={(id, by) => setDraft((kept) => replaced(kept, id, by))}
          />
        )}
        <MatchesPanel matches={matches} columns={list.columns} complete={complete} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
          <Button
            loading={busy}
            disabled={name.trim() === "" || !isComplete(draft)}
            onClick={() => void save()}
          >
            {t.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Messages by place: "all[0]" for the server's "document.all[0]". */
function errorsOf(problem: unknown): Record<string, string> {
  if (!(problem instanceof ApiError)) return {};
  return Object.fromEntries(
    Object.entries(problem.fields).map(([field, text]) => [field.replace("document.", ""), text]),
  );
}
