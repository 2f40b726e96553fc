import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { useSubmit } from "@/shared/useSubmit";
import { Loaded } from "./Loaded";
import { useText } from "./messages";
import { Take } from "./Take";
import { TelephoneButton } from "./TelephoneButton";
import type { KnownLanguage, LibraryPrompt, Medium } from "./types";
import { useMicrophone } from "./useMicrophone";
import { sendTake, useAct, useLanguageName, useLanguages, useLibraryPrompt } from "./usePrompts";
import { VariantLine } from "./VariantLine";

const WRITTEN: Exclude<Medium, "recorded">[] = ["speech", "text"];

/** A prompt in every language: what is played, what comes next. */
export function PromptPage() {
  const t = useText();
  const { promptId } = useParams({ from: "/prompts/$promptId" });
  const prompt = useLibraryPrompt(promptId);
  const languages = useLanguages();
  return (
    <Loaded query={prompt}>
      {(found) => (
        <>
          <PageHeader
            above={<BackLink to="/prompts">{t.back}</BackLink>}
            title={found.name}
            text={found.description}
          >
            <Remove prompt={found} />
          </PageHeader>
          <Loaded query={languages}>
            {({ items }) => (
              <Stack>
                {items
                  .filter(
                    (one) =>
                      one.used || found.variants.some((two) => two.language === one.language),
                  )
                  .map((one) => (
                    <InLanguage key={one.language} prompt={found} language={one} />
                  ))}
              </Stack>
            )}
          </Loaded>
        </>
      )}
    </Loaded>
  );
}

function InLanguage({ prompt, language }: { prompt: LibraryPrompt; language: KnownLanguage }) {
  const t = useText();
  const nameOf = useLanguageName();
  const mayWrite = usePermission("prompts.write");
  const [recording, setRecording] = useState(false);
  const [writing, setWriting] = useState<Exclude<Medium, "recorded"> | null>(null);
  const variants = prompt.variants.filter((one) => one.language === language.language);
  return (
    <Panel title={nameOf(language)}>
      {variants.length === 0 && <Text c="dimmed">{t.absent}</Text>}
      {variants.map((one) => (
        <VariantLine key={one.variant_id} variant={one} title={t.media[one.medium]} />
      ))}
      {mayWrite && (
        <Group mt="sm">
          <Button variant="default" size="xs" onClick={() => setRecording(true)}>
            {t.record}
          </Button>
          <TelephoneButton language={language.language} keys={[prompt.key]} />
          {WRITTEN.filter((medium) => medium === "text" || language.speech).map((medium) => (
            <Button key={medium} variant="default" size="xs" onClick={() => setWriting(medium)}>
              {t.write} · {t.media[medium]}
            </Button>
          ))}
        </Group>
      )}
      {recording && (
        <Record prompt={prompt} language={language} onClose={() => setRecording(false)} />
      )}
      {writing && (
        <Write
          prompt={prompt}
          language={language}
          medium={writing}
          onClose={() => setWriting(null)}
        />
      )}
    </Panel>
  );
}

interface MakeProps {
  prompt: LibraryPrompt;
  language: KnownLanguage;
  onClose: () => void;
}

function Record({ prompt, language, onClose }: MakeProps) {
  const t = useText();
  const act = useAct();
  const nameOf = useLanguageName();
  const { close } = useSharedText();
  const microphone = useMicrophone();
  const [busy, setBusy] = useState(false);
  const written = prompt.variants.find(
    (one) => one.language === language.language && one.medium !== "recorded",
  );
  const words = written?.words ?? prompt.description;
  async function keep(audio: Blob) {
    setBusy(true);
    const fields = { language: language.language, words: written?.words ?? "" };
    const path = `/prompts/${prompt.prompt_id}/recordings`;
    const kept = await act(() => sendTake(path, fields, audio), t.kept);
    setBusy(false);
    if (kept) onClose();
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${prompt.name} · ${nameOf(language)}`}
      size="lg"
      closeButtonProps={{ "aria-label": close }}
    >
      <Text ta="center" size="lg">
        {words}
      </Text>
      <Take microphone={microphone} busy={busy} onKeep={(audio) => void keep(audio)} />
    </Modal>
  );
}

function Write({
  prompt,
  language,
  medium,
  onClose,
}: MakeProps & { medium: Exclude<Medium, "recorded"> }) {
  const t = useText();
  const act = useAct();
  const last = prompt.variants.find(
    (one) => one.language === language.language && one.medium === medium,
  );
  const form = useForm({ initialValues: { words: last?.words ?? "" } });
  const { submit, busy, problem } = useSubmit(form, async ({ words }) => {
    const body = { language: language.language, medium, words };
    if (await act(() => api.post(`/prompts/${prompt.prompt_id}/words`, body), t.kept)) onClose();
  });
  return (
    <FormModal
      open
      title={t.media[medium]}
      action={t.save}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea label={t.words} required autosize minRows={3} {...form.getInputProps("words")} />
    </FormModal>
  );
}

function Remove({ prompt }: { prompt: LibraryPrompt }) {
  const t = useText();
  const act = useAct();
  const navigate = useNavigate();
  const mayWrite = usePermission("prompts.write");
  const [asking, setAsking] = useState(false);
  if (!mayWrite) return null;
  async function remove() {
    const gone = await act(() => api.delete(`/prompts/${prompt.prompt_id}`), t.removed);
    if (gone) void navigate({ to: "/prompts" });
  }
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t.remove}
      </Button>
      {asking && (
        <ConfirmDialog
          open
          title={t.remove}
          action={t.remove}
          danger
          onConfirm={() => remove()}
          onClose={() => setAsking(false)}
        >
          {t.removeText}
        </ConfirmDialog>
      )}
    </>
  );
}
