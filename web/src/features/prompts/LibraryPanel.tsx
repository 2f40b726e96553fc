import { Button, Table, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconMicrophone, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { Loaded } from "./Loaded";
import { useText } from "./messages";
import classes from "./PromptsPage.module.css";
import type { KnownLanguage, LibraryPrompt, Variant } from "./types";
import { useLanguageName, useLanguages, useLibrary } from "./usePrompts";
import { TONES } from "./VariantLine";

const RANK = { approved: 0, in_review: 1, draft: 2, retired: 3 };

/** The best that there is of a prompt in a language. */
export function bestOf(variants: Variant[], language: string): Variant | undefined {
  return variants
    .filter((one) => one.language === language)
    .sort((a, b) => RANK[a.state] - RANK[b.state])[0];
}

export function LibraryPanel() {
  const t = useText();
  const mayWrite = usePermission("prompts.write");
  const library = useLibrary();
  const languages = useLanguages();
  const [adding, setAdding] = useState(false);
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <Panel title={t.library} text={t.libraryText} actions={add}>
      <Loaded query={library}>
        {(prompts) => (
          <Loaded query={languages}>
            {({ items }) =>
              prompts.length === 0 ? (
                <EmptyState icon={IconMicrophone} title={t.nothing} text={t.nothingText} />
              ) : (
                <Library prompts={prompts} used={items.filter((one) => one.used)} />
              )
            }
          </Loaded>
        )}
      </Loaded>
      {adding && <NewPrompt onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function Library({ prompts, used }: { prompts: LibraryPrompt[]; used: KnownLanguage[] }) {
  const t = useText();
  const nameOf = useLanguageName();
  return (
    <div className={classes.wide}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.name}</Table.Th>
            {used.map((one) => (
              <Table.Th key={one.language}>{nameOf(one)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {prompts.map((prompt) => (
            <Table.Tr key={prompt.prompt_id}>
              <Table.Td>
                <TextLink to="/prompts/$promptId" params={{ promptId: prompt.prompt_id }}>
                  {prompt.name}
                </TextLink>
                <div className={classes.key}>{prompt.key}</div>
              </Table.Td>
              {used.map((one) => {
                const best = bestOf(prompt.variants, one.language);
                return (
                  <Table.Td key={one.language}>
                    {best ? (
                      <StatusBadge tone={TONES[best.state]}>{t.states[best.state]}</StatusBadge>
                    ) : (
                      <Text size="sm" c="dimmed">
                        {t.absent}
                      </Text>
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function NewPrompt({ onClose }: { onClose: () => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: "", key: "", description: "" } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const made = await api.post<LibraryPrompt>("/prompts/new", values);
    await client.invalidateQueries({ queryKey: ["prompts"] });
    toast.success(t.added);
    void navigate({ to: "/prompts/$promptId", params: { promptId: made.prompt_id } });
  });
  return (
    <FormModal
      open
      title={t.add}
      action={shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <TextInput label={t.key} description={t.keyText} required {...form.getInputProps("key")} />
      <Textarea
        label={t.description}
        description={t.descriptionText}
        autosize
        minRows={2}
        {...form.getInputProps("description")}
      />
    </FormModal>
  );
}
