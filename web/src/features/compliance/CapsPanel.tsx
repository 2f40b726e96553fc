import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Progress,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Cap, CapPeriod, Compliance } from "@/api/types";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import classes from "./Compliance.module.css";
import { useText } from "./messages";
import { useChange } from "./useChange";

interface Draft extends Omit<Cap, "most"> {
  key: number;
  most: number | string;
}

interface Props {
  settings: Compliance;
  mayWrite: boolean;
}

/** How often may be called, with what is used now. */
export function CapsPanel({ settings, mayWrite }: Props) {
  const t = useText().caps;
  const formats = useFormats();
  const [drafts, setDrafts] = useState<Draft[]>(
    settings.caps.map((cap, key) => ({ key, country: cap.country, per: cap.per, most: cap.most })),
  );
  const { send, busy, problem, errorOf, reload } = useChange(settings);
  const change = (key: number, part: Partial<Draft>) =>
    setDrafts(drafts.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const add = () =>
    setDrafts([
      ...drafts,
      {
        key: Math.max(-1, ...drafts.map((one) => one.key)) + 1,
        country: "",
        per: "day",
        most: 1000,
      },
    ]);
  const used = (draft: Draft) =>
    settings.caps.find((cap) => cap.country === draft.country && cap.per === draft.per);
  const periods = Object.entries(t.periods).map(([value, label]) => ({ value, label }));
  return (
    <Panel title={t.title} text={t.text}>
      <Stack>
        <FormProblem problem={errorOf("caps") ? null : problem} onReload={reload} />
        {drafts.length === 0 && (
          <Text size="sm" c="dimmed">
            {t.none}
          </Text>
        )}
        {drafts.map((draft, index) => {
          const cap = used(draft);
          const name = `${draft.country || t.everywhere} / ${t.periods[draft.per]}`;
          return (
            <div key={draft.key}>
              <div className={classes.row}>
                <TextInput
                  label={t.country}
                  placeholder={t.everywhere}
                  title={t.countryHelp}
                  w={80}
                  maxLength={2}
                  readOnly={!mayWrite}
                  value={draft.country}
                  onChange={(event) =>
                    change(draft.key, { country: event.currentTarget.value.toUpperCase() })
                  }
                  error={errorOf(`caps.${index}.country`)}
                />
                <Select
                  label={t.per}
                  w={110}
                  allowDeselect={false}
                  readOnly={!mayWrite}
                  data={periods}
                  value={draft.per}
                  onChange={(per) => change(draft.key, { per: (per ?? "day") as CapPeriod })}
                />
                <NumberInput
                  label={t.most}
                  w={130}
                  min={1}
                  allowDecimal={false}
                  readOnly={!mayWrite}
                  value={draft.most}
                  onChange={(most) => change(draft.key, { most })}
                  error={errorOf(`caps.${index}.most`) ?? errorOf(`caps.${index}`)}
                />
                {mayWrite && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size="lg"
                    aria-label={t.remove(name)}
                    onClick={() => setDrafts(drafts.filter((one) => one.key !== draft.key))}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                )}
              </div>
              {cap && (
                <div className={classes.use}>
                  <Text size="xs" c="dimmed" mt={4}>
                    {t.used(formats.count(cap.used), formats.count(cap.most))}
                  </Text>
                  <Progress
                    value={Math.min(100, (100 * cap.used) / cap.most)}
                    color={cap.used >= cap.most ? "red" : undefined}
                    aria-label={name}
                    size="sm"
                  />
                </div>
              )}
            </div>
          );
        })}
        {mayWrite && (
          <Group>
            <Button
              loading={busy}
              onClick={() =>
                void send({
                  caps: drafts.map(({ country, per, most }) => ({
                    country,
                    per,
                    most: Number(most) || 0,
                  })),
                })
              }
            >
              {t.save}
            </Button>
            <Button variant="default" leftSection={<IconPlus size={17} />} onClick={add}>
              {t.add}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
