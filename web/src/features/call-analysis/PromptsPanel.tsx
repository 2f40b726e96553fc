import { ActionIcon, Button, FileInput, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconTrash, IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiUrl, upload } from "@/api/client";
import type { Prompt } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { formatDuration } from "@/formats/time";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormModal } from "@/shared/FormModal";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import classes from "./PromptsPanel.module.css";
import { usePrompts } from "./useCallAnalysis";

/** Recorded messages: heard as the telephone plays them. */
export function PromptsPanel() {
  const t = useText();
  const mayWrite = usePermission("prompts.write");
  const prompts = usePrompts();
  const [adding, setAdding] = useState(false);
  return (
    <Panel title={t.prompts} text={t.promptsText}>
      <Stack>
        {prompts.isPending ? (
          <Loading />
        ) : prompts.data === undefined ? (
          <LoadError error={prompts.error} onRetry={() => void prompts.refetch()} />
        ) : prompts.data.length === 0 ? (
          <Text c="dimmed">{t.noPrompt}</Text>
        ) : (
          <Prompts prompts={prompts.data} mayWrite={mayWrite} />
        )}
        {mayWrite && (
          <Group>
            <Button
              variant="default"
              leftSection={<IconUpload size={17} />}
              onClick={() => setAdding(true)}
            >
              {t.upload}
            </Button>
          </Group>
        )}
      </Stack>
      {adding && <NewPrompt onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function Prompts({ prompts, mayWrite }: { prompts: Prompt[]; mayWrite: boolean }) {
  const t = useText();
  const client = useQueryClient();
  const shared = useSharedText();
  const [deleting, setDeleting] = useState<Prompt | null>(null);
  return (
    <div className={classes.wide}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.name}</Table.Th>
            <Table.Th>{t.length}</Table.Th>
            <Table.Th>{t.usedBy}</Table.Th>
            <Table.Th />
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {prompts.map((prompt) => (
            <Table.Tr key={prompt.prompt_id}>
              <Table.Td>{prompt.name}</Table.Td>
              <Table.Td>{formatDuration(Math.ceil(prompt.seconds))}</Table.Td>
              <Table.Td>
                {prompt.response_sets.join(", ") || <Text c="dimmed">{t.unused}</Text>}
              </Table.Td>
              <Table.Td>
                {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what it says */}
                <audio
                  className={classes.audio}
                  controls
                  preload="none"
                  src={apiUrl(`/prompts/${prompt.prompt_id}/audio`)}
                  aria-label={t.listen(prompt.name)}
                />
              </Table.Td>
              <Table.Td>
                {mayWrite && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={t.removePrompt(prompt.name)}
                    onClick={() => setDeleting(prompt)}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        open={deleting !== null}
        danger
        title={t.removePromptTitle(deleting?.name ?? "")}
        action={shared.remove}
        onClose={() => setDeleting(null)}
        onConfirm={async () => {
          await api.delete(`/prompts/${deleting?.prompt_id}`);
          await client.invalidateQueries({ queryKey: ["prompts"] });
          toast.success(t.promptRemoved);
        }}
      >
        {t.removePromptText}
      </ConfirmDialog>
    </div>
  );
}

function NewPrompt({ onClose }: { onClose: () => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const form = useForm<{ name: string; file: File | null }>({
    initialValues: { name: "", file: null },
  });
  const { submit, busy, problem } = useSubmit(form, async ({ name, file }) => {
    const body = new FormData();
    body.append("name", name);
    body.append("file", file ?? new Blob([]));
    await upload<Prompt>("/prompts", body, () => {}, new AbortController().signal);
    await client.invalidateQueries({ queryKey: ["prompts"] });
    toast.success(t.uploaded);
    onClose();
  });
  return (
    <FormModal
      open
      title={t.upload}
      action={shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <FileInput
        label={t.file}
        required
        accept=".wav,.mp3,.flac,.ogg,.opus,.aiff,.au,audio/*"
        {...form.getInputProps("file")}
        onChange={(file) => {
          form.setFieldValue("file", file);
          if (form.values.name === "" && file) {
            form.setFieldValue("name", file.name.normalize("NFC").replace(/\.[^.]*$/, ""));
          }
        }}
      />
    </FormModal>
  );
}
