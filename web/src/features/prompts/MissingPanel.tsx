import { Group, Text } from "@mantine/core";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { Loaded } from "./Loaded";
import { useText } from "./messages";
import classes from "./PromptsPage.module.css";
import { TelephoneButton } from "./TelephoneButton";
import { useLanguageName, useLanguages, useMissing } from "./usePrompts";

/** What cannot be heard, by language. */
export function MissingPanel() {
  const t = useText();
  const missing = useMissing();
  const languages = useLanguages();
  const nameOf = useLanguageName();
  return (
    <Panel title={t.missing} text={t.missingText}>
      <Loaded query={languages}>
        {({ items }) => (
          <Loaded query={missing}>
            {(rows) =>
              rows.length === 0 ? (
                <Text c="dimmed">{t.nothingMissing}</Text>
              ) : (
                items
                  .filter((one) => rows.some((row) => row.language === one.language))
                  .map((one) => (
                    <div key={one.language} className={classes.row}>
                      <div>
                        <Text fw={600}>{nameOf(one)}</Text>
                        {rows
                          .filter((row) => row.language === one.language)
                          .map((row) => (
                            <Text size="sm" key={`${row.prompt}${row.kind}`}>
                              {row.prompt
                                ? `${t.missingPrompt} ${row.prompt}`
                                : `${t.kinds[row.kind]}: ${t.pieces(row.count)} (${row.examples.join(", ")}${row.count > row.examples.length ? "…" : ""})`}
                            </Text>
                          ))}
                      </div>
                      <Group>
                        {rows.some((row) => row.language === one.language && row.kind) && (
                          <TextLink
                            to="/prompts/record/$language"
                            params={{ language: one.language }}
                          >
                            {t.fragments}
                          </TextLink>
                        )}
                        <TelephoneButton
                          language={one.language}
                          keys={rows
                            .filter((row) => row.language === one.language && row.prompt)
                            .map((row) => row.prompt)}
                        />
                      </Group>
                    </div>
                  ))
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Panel>
  );
}
