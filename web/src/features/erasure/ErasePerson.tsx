import { Alert, Button, Checkbox, Stack, Table, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconEraser } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { FormModal } from "@/shared/FormModal";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useSubmit } from "@/shared/useSubmit";
import { grouped } from "./groups";
import { useText } from "./messages";
import type { Erasure, ErasurePreview } from "./types";

/** The button by which an administrator erases somebody, and its dialog. */
export function ErasePerson({ personId }: { personId: string }) {
  const t = useText();
  const may = usePermission("persons.erase");
  const [open, { open: ask, close }] = useDisclosure(false);
  if (!may) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        leftSection={<IconEraser size={16} />}
        onClick={ask}
        mt="xs"
      >
        {t.erase}
      </Button>
      {open && <EraseDialog personId={personId} onClose={close} />}
    </>
  );
}

function EraseDialog({ personId, onClose }: { personId: string; onClose: () => void }) {
  const t = useText();
  const client = useQueryClient();
  const preview = useQuery({
    queryKey: ["persons", "erasure", personId],
    queryFn: ({ signal }) => api.get<ErasurePreview>(`/persons/${personId}/erasure`, { signal }),
    gcTime: 0,
    staleTime: 0,
  });
  const form = useForm({
    // null: as the person's objections say, until somebody chooses.
    initialValues: { reason: "", number_ending: "", keep_do_not_call: null as boolean | null },
  });
  const told = preview.data;
  const keep = form.values.keep_do_not_call ?? (told?.objected === true && told.dnc_list !== null);
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const done = await api.post<Erasure>(`/persons/${personId}/erasure`, {
      ...values,
      keep_do_not_call: keep,
    });
    toast.success(t.done);
    onClose();
    await client.invalidateQueries({ queryKey: ["contacts"] });
    await client.invalidateQueries({ queryKey: ["erasures"] });
    return done;
  });
  const refused = told !== undefined && (told.hold !== null || told.in_call);
  return (
    <FormModal
      open
      danger
      title={t.title}
      action={refused ? t.again : t.erase}
      busy={busy || preview.isFetching}
      problem={problem}
      onSubmit={(event) => {
        if (told !== undefined && !refused) return submit(event);
        event.preventDefault();
        void preview.refetch();
      }}
      onClose={onClose}
    >
      <Text size="sm">{t.text}</Text>
      {preview.isError ? (
        <LoadError error={preview.error} onRetry={() => void preview.refetch()} />
      ) : told === undefined ? (
        <Loading />
      ) : refused ? (
        <Refusal preview={told} />
      ) : (
        <Stack gap="sm">
          <Counts preview={told} />
          {told.laws.map((law) => (
            <Alert key={law.preset_id} color="yellow" variant="light">
              {t.law(law.preset_id, law.years, law.source)}
            </Alert>
          ))}
          {told.numbers.length > 0 && (
            <Checkbox
              label={t.keep}
              description={told.dnc_list === null ? t.keepNoList : t.keepHelp(told.dnc_list)}
              disabled={told.dnc_list === null}
              checked={keep}
              onChange={(event) =>
                form.setFieldValue("keep_do_not_call", event.currentTarget.checked)
              }
              error={form.errors.keep_do_not_call}
            />
          )}
          <TextInput
            label={t.reason}
            description={t.reasonHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            required
            data-autofocus
            maxLength={500}
            {...form.getInputProps("reason")}
          />
          {told.numbers.length > 0 && (
            <TextInput
              label={t.ending}
              required
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              w={220}
              {...form.getInputProps("number_ending")}
            />
          )}
        </Stack>
      )}
    </FormModal>
  );
}

function Refusal({ preview }: { preview: ErasurePreview }) {
  const t = useText();
  const formats = useFormats();
  return (
    <Alert color="red" variant="light">
      {preview.hold !== null
        ? t.hold(preview.hold)
        : preview.free_at !== null
          ? t.inCallUntil(formats.dateTime(preview.free_at))
          : t.inCall}
    </Alert>
  );
}

function Counts({ preview }: { preview: ErasurePreview }) {
  const t = useText();
  const formats = useFormats();
  const rows = grouped(preview.counts);
  return (
    <>
      <Text size="sm" fw={600} className="tabular">
        {preview.numbers.map(formatNumber).join(", ")}
      </Text>
      {rows.length === 0 && preview.files === 0 && <Text size="sm">{t.none}</Text>}
      <Table>
        <Table.Tbody>
          {rows.map(([group, count]) => (
            <Table.Tr key={group}>
              <Table.Td>{t.groups[group]}</Table.Td>
              <Table.Td ta="right" className="tabular">
                {formats.count(count)}
              </Table.Td>
            </Table.Tr>
          ))}
          {preview.files > 0 && (
            <Table.Tr>
              <Table.Td>{t.files}</Table.Td>
              <Table.Td ta="right" className="tabular">
                {formats.count(preview.files)}
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </>
  );
}
