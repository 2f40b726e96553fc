import { Button, Chip, Group, Input, Stack, TagsInput, Text } from "@mantine/core";
import { useState } from "react";
import type { Compliance } from "@/api/types";
import { useSession } from "@/features/session/session";
import { useLanguage } from "@/i18n/language";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import classes from "./Compliance.module.css";
import { useText } from "./messages";
import { useChange } from "./useChange";

interface Props {
  settings: Compliance;
  mayWrite: boolean;
}

/** Where may be called: countries, kinds of numbers, prefixes. */
export function GuardPanel({ settings, mayWrite }: Props) {
  const t = useText().guard;
  const language = useLanguage();
  const region = useSession().organisation.region;
  const [countries, setCountries] = useState(settings.countries ?? []);
  const [kinds, setKinds] = useState(settings.number_kinds);
  const [denied, setDenied] = useState(settings.denied_prefixes);
  const { send, busy, problem, errorOf, reload } = useChange(settings);
  const beside = ["countries", "number_kinds", "denied_prefixes"].some(errorOf);
  return (
    <Panel title={t.title} text={t.text}>
      <Stack>
        <FormProblem problem={beside ? null : problem} onReload={reload} />
        <TagsInput
          label={t.countries}
          description={t.countriesHelp(region)}
          readOnly={!mayWrite}
          value={countries}
          splitChars={[",", " ", ";"]}
          onChange={(codes) => setCountries([...new Set(codes.map((c) => c.toUpperCase()))])}
          error={errorOf("countries")}
        />
        <Input.Wrapper label={t.kinds} error={errorOf("number_kinds")}>
          <Chip.Group multiple value={kinds} onChange={setKinds}>
            <Group gap={6} mt={4}>
              {Object.entries(t.kindNames).map(([kind, name]) => (
                <Chip key={kind} value={kind} size="sm" disabled={!mayWrite}>
                  {name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
        <TagsInput
          label={t.denied}
          description={t.deniedHelp}
          readOnly={!mayWrite}
          value={denied}
          splitChars={[",", " ", ";"]}
          onChange={setDenied}
          error={errorOf("denied_prefixes")}
        />
        <div>
          <Text size="sm" fw={500}>
            {t.always}
          </Text>
          <ul className={classes.denied}>
            {Object.entries(settings.always_denied).map(([prefix, names]) => (
              <li key={prefix}>
                <b className="tabular">{prefix}</b> {names[language]}
              </li>
            ))}
          </ul>
          <Text size="xs" c="dimmed" mt={4} lang="en">
            {settings.always_denied_source}
          </Text>
        </div>
        {mayWrite && (
          <Group>
            <Button
              loading={busy}
              onClick={() =>
                void send({
                  countries: countries.length === 0 ? null : countries,
                  number_kinds: kinds,
                  denied_prefixes: denied,
                })
              }
            >
              {t.save}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
