import { Alert, Button, Group, Select, Stack } from "@mantine/core";
import { IconWorldOff } from "@tabler/icons-react";
import { useState } from "react";
import type { Compliance, Preset } from "@/api/types";
import { regionName } from "@/features/contact-lists/places";
import { useSession } from "@/features/session/session";
import { useLanguage } from "@/i18n/language";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useText } from "./messages";
import { PresetTable } from "./PresetTable";
import { useChange } from "./useChange";

interface Props {
  settings: Compliance;
  presets: Preset[];
  mayWrite: boolean;
}

/** Which law is followed, and each of them to be read. */
export function PresetPanel({ settings, presets, mayWrite }: Props) {
  const t = useText();
  const language = useLanguage();
  const region = useSession().organisation.region;
  const [shown, setShown] = useState(settings.preset);
  const { send, busy, problem, reload } = useChange(settings);
  const preset = presets.find((one) => one.preset_id === shown);
  const allowed = settings.countries ?? [region];
  const outside =
    preset !== undefined && preset.country !== "" && !allowed.includes(preset.country);
  const followed = shown === settings.preset;
  return (
    <Panel title={t.preset.title} text={t.preset.text}>
      <Stack>
        <FormProblem problem={problem} onReload={reload} />
        <Group align="flex-end">
          <Select
            label={t.preset.label}
            allowDeselect={false}
            value={shown}
            data={presets.map((one) => ({ value: one.preset_id, label: one.names[language] }))}
            onChange={(id) => setShown(id ?? settings.preset)}
          />
          {followed ? (
            <StatusBadge tone="good">{t.preset.followed}</StatusBadge>
          ) : (
            mayWrite && (
              <Button loading={busy} onClick={() => void send({ preset: shown })}>
                {t.preset.choose}
              </Button>
            )
          )}
        </Group>
        {followed && preset && outside && (
          <Alert color="yellow" icon={<IconWorldOff />}>
            <Stack gap="xs" align="flex-start">
              {t.preset.countryOut(regionName(preset.country, language))}
              {mayWrite && (
                <Button
                  size="xs"
                  variant="default"
                  loading={busy}
                  onClick={() => void send({ countries: [...allowed, preset.country] })}
                >
                  {t.preset.allow(regionName(preset.country, language))}
                </Button>
              )}
            </Stack>
          </Alert>
        )}
        {preset && <PresetTable preset={preset} />}
      </Stack>
    </Panel>
  );
}
