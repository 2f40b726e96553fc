import { Input, TextInput } from "@mantine/core";
import classes from "../Editor.module.css";
import { useEditor, useFinding } from "../editor-context";
import { useText } from "../messages";
import type { SettingProps } from "./SettingField";

/** Words in each of the flow's languages. */
export function TextsField({ node, path, value, label, onChange }: SettingProps) {
  const t = useText();
  const { document } = useEditor();
  const error = useFinding(node, path, true);
  const texts = (value ?? {}) as Record<string, string>;
  return (
    <Input.Wrapper size="xs" label={label} error={error}>
      <div className={classes.texts}>
        {document.languages.map((language) => (
          <TextInput
            key={language}
            size="xs"
            aria-label={`${label}, ${t.node.words(language)}`}
            leftSection={<span className={classes.code}>{language}</span>}
            value={texts[language] ?? ""}
            onChange={(event) => onChange(withText(texts, language, event.currentTarget.value))}
          />
        ))}
      </div>
    </Input.Wrapper>
  );
}

/** The texts with one changed; an empty one is no text. */
export function withText(texts: Record<string, string>, language: string, words: string) {
  const next = { ...texts, [language]: words };
  if (words === "") delete next[language];
  return next;
}
