import { Alert, Button, Group, Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import type { Compliance, Preset } from "@/api/types";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { useText } from "./messages";
import { useChange } from "./useChange";

const KEYS = ["9", "8", "7", "6", "5", "4", "3", "2", "1", "0", "*", "#"];

interface Props {
  settings: Compliance;
  presets: Preset[];
  mayWrite: boolean;
}

/** What people hear whom no agent can take, and the key by which they opt out. */
export function MessagePanel({ settings, presets, mayWrite }: Props) {
  const t = useText().message;
  const [optOut, setOptOut] = useState(settings.opt_out);
  const [key, setKey] = useState(settings.opt_out_key);
  const [media, setMedia] = useState(settings.message_media);
  const [confirmation, setConfirmation] = useState(settings.confirmation_media);
  const { send, busy, problem, errorOf, reload } = useChange(settings);
  const fields = ["opt_out_key", "message_media", "confirmation_media"];
  const followed = presets.find((one) => one.preset_id === settings.preset);
  const demanded = followed?.values.some(
    (one) => one.name === "abandon_message_opt_out_key" && one.value === true,
  );
  return (
    <Panel title={t.title} text={t.text}>
      <Stack>
        <FormProblem problem={fields.some(errorOf) ? null : problem} onReload={reload} />
        {settings.warnings.map((code) => (
          <Alert key={code} color="orange" icon={<IconAlertTriangle />}>
            {t.warnings[code](settings.opt_out_key)}
          </Alert>
        ))}
        <Switch
          label={t.optOut}
          description={demanded ? t.demanded : t.optOutHelp}
          checked={optOut || demanded === true}
          disabled={!mayWrite || demanded === true}
          onChange={(event) => setOptOut(event.currentTarget.checked)}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <Select
            label={t.key}
            description={t.keyHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            allowDeselect={false}
            data={KEYS}
            value={key}
            readOnly={!mayWrite}
            error={errorOf("opt_out_key")}
            onChange={(chosen) => chosen && setKey(chosen)}
          />
          <TextInput
            label={t.media}
            description={t.mediaHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            placeholder="sound:custom/message"
            value={media}
            readOnly={!mayWrite}
            error={errorOf("message_media")}
            onChange={(event) => setMedia(event.currentTarget.value.trim())}
          />
          <TextInput
            label={t.confirmation}
            description={t.confirmationHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={confirmation}
            readOnly={!mayWrite}
            error={errorOf("confirmation_media")}
            onChange={(event) => setConfirmation(event.currentTarget.value.trim())}
          />
        </SimpleGrid>
        {mayWrite && (
          <Group>
            <Button
              loading={busy}
              onClick={() =>
                void send({
                  opt_out: optOut,
                  opt_out_key: key,
                  message_media: media,
                  confirmation_media: confirmation,
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
