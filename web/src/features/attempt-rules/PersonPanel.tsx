import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { ErasePerson } from "@/features/erasure/ErasePerson";
import { formatNumber } from "@/formats/phone";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import type { Person, PersonMerge } from "./types";

/** To whom a contact's numbers belong, and how to part people who were taken for one. */
export function PersonPanel({ contactId, mayWrite }: { contactId: string; mayWrite: boolean }) {
  const t = useText().person;
  const formats = useFormats();
  const client = useQueryClient();
  const [parted, setParted] = useState<PersonMerge | null>(null);
  const key = ["contacts", "persons", contactId];
  const persons = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (await api.get<Page<Person>>(`/contacts/${contactId}/persons`, { signal })).items,
  });
  const found = persons.data ?? [];
  return (
    <Panel title={t.title} text={t.text}>
      {persons.isError ? (
        <LoadError error={persons.error} onRetry={() => void persons.refetch()} />
      ) : persons.isPending ? (
        <Loading />
      ) : (
        <Stack gap="sm">
          {found.length > 1 && <Text size="sm">{t.several}</Text>}
          {found.length === 0 && <ErasePerson personId={contactId} />}
          {found.map((person) => (
            <div key={person.person_id}>
              <Text size="sm" fw={600}>
                {t.numbers}
              </Text>
              <Text size="sm" className="tabular">
                {person.numbers.map(formatNumber).join(", ")}
              </Text>
              {person.merges.map((merge) => (
                <Group key={merge.person_merge_id} justify="space-between" gap="xs" mt={6}>
                  <Text size="sm" c="dimmed">
                    {t.merged(formats.dateTime(merge.merged_at))}
                    {": "}
                    {merge.addresses.map(formatNumber).join(", ")}
                    {merge.undone_at && ` (${t.undone})`}
                  </Text>
                  {mayWrite && !merge.undone_at && (
                    <Button size="compact-xs" variant="default" onClick={() => setParted(merge)}>
                      {t.undo}
                    </Button>
                  )}
                </Group>
              ))}
              <ErasePerson personId={person.person_id} />
            </div>
          ))}
        </Stack>
      )}
      <ConfirmDialog
        open={parted !== null}
        danger
        title={t.undoTitle}
        action={t.undo}
        onClose={() => setParted(null)}
        onConfirm={async () => {
          await api.post(`/person-merges/${parted?.person_merge_id}/undo`);
          await client.invalidateQueries({ queryKey: key });
          toast.success(t.parted);
        }}
      >
        {t.undoText}
      </ConfirmDialog>
    </Panel>
  );
}
