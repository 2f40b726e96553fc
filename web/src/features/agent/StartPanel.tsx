import {
  Alert,
  Button,
  Card,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconAlertCircle, IconHeadphones, IconKeyboard, IconWindow } from "@tabler/icons-react";
import { type FormEvent, useEffect, useState } from "react";
import { useSession } from "@/features/session/session";
import { errorText, useErrorText } from "@/shared/errors";
import { dialable } from "./dialable";
import { MicrophoneCheck } from "./MicrophoneCheck";
import { useText } from "./messages";
import classes from "./StartPanel.module.css";
import { unlockSounds } from "./sounds";
import { useDesk, useDeskView } from "./useDesk";
import { askForNotifications } from "./useRinging";

const KEPT_ADDRESS = "kwabo-leg-address";

/** Before the day begins: microphone, way of answering, and the button that starts it. */
export function StartPanel({ resume }: { resume: boolean }) {
  const t = useText();
  const errors = useErrorText();
  const desk = useDesk();
  const { mode, error, microphone } = useDeskView();
  const { user } = useSession();
  const [kind, setKind] = useState<"webrtc" | "address">("webrtc");
  const [address, setAddress] = useState(() => localStorage.getItem(KEPT_ADDRESS) ?? "");

  // Where the person has already allowed it, the microphone is checked without another click.
  useEffect(() => {
    navigator.permissions
      ?.query({ name: "microphone" as PermissionName })
      .then((permission) => {
        if (permission.state === "granted" && desk.getView().microphone.status === "closed") {
          void desk.microphone.open();
        }
      })
      .catch(() => {});
  }, [desk]);

  function begin(event: FormEvent) {
    event.preventDefault();
    unlockSounds();
    askForNotifications();
    if (kind === "address") localStorage.setItem(KEPT_ADDRESS, address);
    void desk.start(
      user.user_id,
      kind === "webrtc" ? { kind } : { kind, address: dialable(address) },
    );
  }

  const possible = kind === "webrtc" ? microphone.status === "open" : dialable(address).length > 5;
  return (
    <div className={classes.panel}>
      <Card component="form" onSubmit={begin} className={classes.card} padding="xl">
        <Stack gap="lg">
          <div>
            <Title order={2}>{resume ? t.start.resumeTitle : t.start.title}</Title>
            <Text c="dimmed" mt={4}>
              {resume ? t.start.resumeText : t.start.text}
            </Text>
          </div>
          <SegmentedControl
            aria-label={t.start.how}
            fullWidth
            value={kind}
            data={[
              { value: "webrtc", label: t.start.webrtc },
              { value: "address", label: t.start.address },
            ]}
            onChange={(value) => setKind(value as "webrtc" | "address")}
          />
          {kind === "webrtc" ? (
            <MicrophoneCheck />
          ) : (
            <TextInput
              label={t.start.number}
              description={t.start.numberHint}
              type="tel"
              autoComplete="tel"
              required
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
          )}
          {error !== null && (
            <Alert color="red" icon={<IconAlertCircle />} role="alert">
              {errorText(error, errors)}
            </Alert>
          )}
          <Button type="submit" size="md" disabled={!possible} loading={mode === "starting"}>
            {resume ? t.start.resume : t.start.begin}
          </Button>
        </Stack>
      </Card>
      <aside className={classes.tips} aria-label={t.start.tips}>
        <Title order={3}>{t.start.tips}</Title>
        <ul>
          <li>
            <IconHeadphones size={20} stroke={1.6} aria-hidden />
            {t.start.tipHeadset}
          </li>
          <li>
            <IconWindow size={20} stroke={1.6} aria-hidden />
            {t.start.tipTab}
          </li>
          <li>
            <IconKeyboard size={20} stroke={1.6} aria-hidden />
            {t.start.tipHelp}
          </li>
        </ul>
      </aside>
    </div>
  );
}
