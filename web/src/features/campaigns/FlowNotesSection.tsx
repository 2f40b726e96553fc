import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Group,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useContactLists } from "@/api/references";
import type { FlowNote } from "@/api/types";
import type { Flow } from "@/features/flows/types";
import { DurationInput } from "@/shared/DurationInput";
import { Panel } from "@/shared/Panel";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const LONG = ["min", "h", "d"] as const;
const HOUR = 3600;
/** Types of noted values that a column of the kind can hold (domain/campaigns/flow_notes.py). */
const FITTING: Record<string, readonly string[]> = {
  text: ["text", "number", "amount", "date", "time", "digits", "yes_no"],
  number: ["number", "amount", "digits"],
  date: ["date"],
};

/** Name → types of what calls note in the campaign's own flows. */
function useNoted(): Record<string, string[]> {
  const { values } = useCampaignForm();
  const chosen = [values.flow_id, values.abandon_flow_id].filter((one) => one !== null);
  const found = useQueries({
    queries: [...new Set(chosen)].map((flowId) => ({
      queryKey: ["flows", flowId, "notes"],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await api.get<Flow>(`/flows/${flowId}`, { signal })).notes ?? {},
    })),
  });
  const noted: Record<string, string[]> = {};
  for (const { data } of found) {
    for (const [name, types] of Object.entries(data ?? {})) {
      noted[name] = [...(noted[name] ?? []), ...types];
    }
  }
  return noted;
}

/** Columns and recalls for what the campaign's flows note. */
export function FlowNotesSection() {
  const t = useText().form.flowNotes;
  const form = useCampaignForm();
  const noted = useNoted();
  const { flow_notes: notes, flow_id, abandon_flow_id, mode } = form.values;
  if (mode !== "inbound" && flow_id === null && abandon_flow_id === null) return null;
  const set = (next: FlowNote[]) => form.setFieldValue("flow_notes", next);
  const free = Object.keys(noted).filter((name) => !notes.some((one) => one.name === name));
  return (
    <div id="flow-notes">
      <Panel title={t.title} text={t.text}>
        <Stack>
          {notes.map((note, at) => (
            <Note
              // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity
              key={at}
              at={at}
              note={note}
              noted={noted}
              onChange={(next) => set(notes.map((one, index) => (index === at ? next : one)))}
              onRemove={() => set(notes.filter((_, index) => index !== at))}
            />
          ))}
          <Button
            variant="default"
            w="fit-content"
            leftSection={<IconPlus size={16} />}
            onClick={() => set([...notes, { name: free[0] ?? "", column: "", recalls: {} }])}
          >
            {t.add}
          </Button>
        </Stack>
      </Panel>
    </div>
  );
}

interface NoteProps {
  at: number;
  note: FlowNote;
  noted: Record<string, string[]>;
  onChange: (note: FlowNote) => void;
  onRemove: () => void;
}

function Note({ at, note, noted, onChange, onRemove }: NoteProps) {
  const t = useText().form.flowNotes;
  const form = useCampaignForm();
  const lists = useContactLists();
  const list = lists.data?.find((one) => one.contact_list_id === form.values.contact_list_id);
  const types = noted[note.name] ?? [];
  const columns = (list?.columns ?? []).filter(
    (column) =>
      !list?.key_columns.includes(column.name) &&
      types.every((type) => FITTING[column.kind]?.includes(type)) &&
      column.kind in FITTING,
  );
  const recalls = Object.entries(note.recalls);
  const setRecalls = (next: [string, number | null][]) =>
    onChange({ ...note, recalls: Object.fromEntries(next) });
  const path = `flow_notes.${at}`;
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="sm">
        <Group align="flex-start" wrap="nowrap">
          <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ flex: 1 }}>
            <Autocomplete
              label={t.name}
              required
              data={Object.keys(noted)}
              value={note.name}
              error={form.errors[`${path}.name`]}
              onChange={(name) => onChange({ ...note, name })}
            />
            <Select
              label={t.column}
              clearable
              placeholder={t.noColumn}
              data={columns.map((column) => ({ value: column.name, label: column.label }))}
              value={note.column || null}
              error={form.errors[`${path}.column`]}
              onChange={(column) => onChange({ ...note, column: column ?? "" })}
            />
          </SimpleGrid>
          <ActionIcon
            variant="subtle"
            color="red"
            mt={26}
            aria-label={t.remove(note.name)}
            onClick={onRemove}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
        {recalls.map(([value, seconds], index) => {
          const change = (next: [string, number | null]) =>
            setRecalls(recalls.map((one, other) => (other === index ? next : one)));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the value is being typed
            <Group key={index} align="flex-end">
              <TextInput
                label={t.value}
                w={140}
                maxLength={500}
                value={value}
                onChange={(event) => change([event.currentTarget.value, seconds])}
              />
              <Checkbox
                label={t.never}
                mb={9}
                checked={seconds === null}
                onChange={(event) => change([value, event.currentTarget.checked ? null : HOUR])}
              />
              {seconds !== null && (
                <DurationInput
                  label={t.again}
                  units={LONG}
                  value={seconds}
                  error={form.errors[`${path}.recalls.${value}`]}
                  onChange={(next) => change([value, next])}
                />
              )}
              <ActionIcon
                variant="subtle"
                color="red"
                mb={5}
                aria-label={t.removeValue(value)}
                onClick={() => setRecalls(recalls.filter((_, other) => other !== index))}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
          );
        })}
        <Button
          variant="subtle"
          size="xs"
          w="fit-content"
          disabled={"" in note.recalls}
          onClick={() => setRecalls([...recalls, ["", HOUR]])}
        >
          {t.addValue}
        </Button>
      </Stack>
    </Paper>
  );
}
