import { Select, type SelectProps, Stack, Text } from "@mantine/core";
import type { KnownLanguage } from "@/features/prompts/types";
import { useLibrary } from "@/features/prompts/usePrompts";
import { LoadError } from "@/shared/LoadError";
import { TextLink } from "@/shared/TextLink";
import { useText } from "./messages";
import { heardIn } from "./spoken";
import { useLanguageInSentence } from "./useLanguageInSentence";

type Props = SelectProps & { known: readonly KnownLanguage[] };

/** A prompt of the library by its key, with the languages in which callers hear it. */
export function PromptChoice({ known, ...field }: Props) {
  const t = useText();
  const library = useLibrary();
  const nameOf = useLanguageInSentence(known);
  const prompts = library.data ?? [];
  const chosen = prompts.find((one) => one.key === field.value);
  const { heard, lacks } = chosen ? heardIn(chosen, known) : { heard: [], lacks: [] };
  const list = (languages: readonly string[]) => languages.map(nameOf).join(", ");
  return (
    <Stack gap={4}>
      <Select
        label={t.prompt}
        required
        searchable
        disabled={library.isPending}
        data={prompts.map((one) => ({ value: one.key, label: one.name || one.key }))}
        {...field}
      />
      {library.isError && (
        <LoadError error={library.error} onRetry={() => void library.refetch()} />
      )}
      {chosen && (
        <Text
          size="sm"
          {...(lacks.length === 0 ? { c: "dimmed" } : { fw: 500 })}
          aria-live="polite"
        >
          {heard.length > 0 ? t.promptHeard(list(heard)) : t.promptUnheard}
          {heard.length > 0 && lacks.length > 0 && ` ${t.promptLacks(list(lacks))}`}
        </Text>
      )}
      <Text size="sm">
        <TextLink to="/prompts">{t.toPrompts}</TextLink>
      </Text>
    </Stack>
  );
}
