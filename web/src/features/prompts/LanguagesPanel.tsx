import { Button, Checkbox, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { useLanguage } from "@/i18n/language";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { Loaded } from "./Loaded";
import { useText } from "./messages";
import classes from "./PromptsPage.module.css";
import type { KnownLanguage, Languages } from "./types";
import { useAct, useLanguageName, useLanguages } from "./usePrompts";

/** Which languages are used, and how each says numbers. */
export function LanguagesPanel() {
  const t = useText();
  const languages = useLanguages();
  const client = useQueryClient();
  const act = useAct();
  const mayChoose = usePermission("settings.write");
  async function choose(items: KnownLanguage[], secondPerson: boolean) {
    const body = {
      languages: items
        .filter((one) => one.used)
        .map(({ language, numbers }) => ({ language, numbers })),
      second_person: secondPerson,
    };
    const saved = await act(() => api.put<Languages>("/languages", body), t.languagesSaved);
    if (saved) await client.invalidateQueries({ queryKey: ["languages"] });
  }
  return (
    <Panel title={t.languages} text={t.languagesText}>
      <Loaded query={languages}>
        {({ items, second_person }) => (
          <Stack>
            <div>
              {items.map((one) => (
                <LanguageRow
                  key={one.language}
                  one={one}
                  mayChoose={mayChoose}
                  onChange={(changed) =>
                    void choose(
                      items.map((other) => (other.language === one.language ? changed : other)),
                      second_person,
                    )
                  }
                />
              ))}
            </div>
            <Checkbox
              label={t.secondPerson}
              checked={second_person}
              disabled={!mayChoose}
              onChange={(event) => void choose(items, event.currentTarget.checked)}
            />
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}

function LanguageRow({
  one,
  mayChoose,
  onChange,
}: {
  one: KnownLanguage;
  mayChoose: boolean;
  onChange: (changed: KnownLanguage) => void;
}) {
  const t = useText();
  const act = useAct();
  const client = useQueryClient();
  const page = useLanguage();
  const nameOf = useLanguageName();
  const mayApprove = usePermission("prompts.approve");
  const approved = one.approved_at !== null;
  async function say(word: boolean) {
    const body = { language: one.language, approved: word };
    await act(() => api.post("/language-approvals", body), t.languagesSaved);
    await client.invalidateQueries({ queryKey: ["languages"] });
  }
  return (
    <div className={classes.row}>
      <Stack gap={6}>
        <Checkbox
          label={
            <Text component="span" fw={600}>
              {nameOf(one)}
              {one.name !== nameOf(one) && <span lang={one.language}> ({one.name})</span>}
            </Text>
          }
          checked={one.used}
          disabled={!mayChoose}
          onChange={(event) => onChange({ ...one, used: event.currentTarget.checked })}
        />
        <Group gap="xs">
          <StatusBadge tone={one.speech ? "good" : "quiet"}>
            {one.speech ? t.speech : t.noSpeech}
          </StatusBadge>
          <StatusBadge tone={one.validated || approved ? "good" : "warn"}>
            {one.validated ? t.validated : approved ? t.approvedBySpeaker : t.unvalidated}
          </StatusBadge>
        </Group>
        <Text size="sm">
          {t.reaches} {page === "fr" ? one.reaches_fr : one.reaches_en}.
        </Text>
        <ul className={classes.sources} aria-label={t.sources}>
          {one.sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </Stack>
      {one.used && (
        <Stack gap="xs">
          {!one.validated && (
            <NativeSelect
              label={t.numbers}
              value={one.numbers}
              disabled={!mayChoose || !approved}
              data={[
                { value: "own", label: t.numbersOwn },
                { value: "fallback", label: t.numbersFallback },
              ]}
              onChange={(event) =>
                onChange({ ...one, numbers: event.currentTarget.value as "own" | "fallback" })
              }
            />
          )}
          {!one.validated && mayApprove && (
            <Button size="xs" variant="default" onClick={() => void say(!approved)}>
              {approved ? t.doubtNumbers : t.approveNumbers}
            </Button>
          )}
          <TextLink to="/prompts/record/$language" params={{ language: one.language }}>
            {t.fragments}
          </TextLink>
        </Stack>
      )}
    </div>
  );
}
