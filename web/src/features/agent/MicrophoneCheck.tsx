import { Alert, Button, Select, Text } from "@mantine/core";
import { IconMicrophoneOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./MicrophoneCheck.module.css";
import { useText } from "./messages";
import { useDesk, useDeskView } from "./useDesk";
import { useLevel } from "./useLevel";

/** Loud enough to be speech, not the room. */
const SPEECH = 0.35;

function Problem() {
  const t = useText().microphone;
  const { status } = useDeskView().microphone;
  const desk = useDesk();
  const words = {
    denied: [t.deniedTitle, t.denied],
    missing: [t.missingTitle, t.missing],
    busy: [t.busyTitle, t.busy],
    insecure: [t.insecureTitle, t.insecure],
    lost: [t.lostTitle, t.lost],
  } as const;
  if (!(status in words)) return null;
  const [title, text] = words[status as keyof typeof words];
  return (
    <Alert color="red" icon={<IconMicrophoneOff />} title={title} role="alert">
      <Text size="sm">{text}</Text>
      {status !== "insecure" && (
        <Button
          mt="sm"
          size="xs"
          variant="light"
          color="red"
          onClick={() => void desk.microphone.open(null)}
        >
          {t.retry}
        </Button>
      )}
    </Alert>
  );
}

function Meter({ stream }: { stream: MediaStream }) {
  const t = useText().microphone;
  const level = useLevel(stream);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (level > SPEECH) setHeard(true);
  }, [level]);
  return (
    <div>
      <meter className={classes.value} min={0} max={1} value={level} aria-label={t.level} />
      <div className={classes.meter} aria-hidden>
        <div className={classes.level} style={{ transform: `scaleX(${level})` }} />
      </div>
      <Text size="sm" mt={6} c={heard ? "var(--kwabo-good)" : "dimmed"} role="status">
        {heard ? t.good : t.speak}
      </Text>
    </div>
  );
}

/** Opens the microphone and shows that it hears. */
export function MicrophoneCheck() {
  const t = useText().microphone;
  const desk = useDesk();
  const { microphone } = useDeskView();
  const { status, stream, devices, deviceId } = microphone;
  if (status === "closed") {
    return (
      <Button variant="light" onClick={() => void desk.microphone.open()}>
        {t.check}
      </Button>
    );
  }
  return (
    <div className={classes.check}>
      {status === "asking" && (
        <Text size="sm" role="status">
          {t.asking}
        </Text>
      )}
      <Problem />
      {stream !== null && (
        <>
          <Select
            label={t.label}
            data={devices.map((device, index) => ({
              value: device.deviceId,
              label: device.label || t.unnamed(index + 1),
            }))}
            value={deviceId}
            allowDeselect={false}
            onChange={(value) => value !== null && void desk.microphone.choose(value)}
          />
          <Meter stream={stream} />
        </>
      )}
    </div>
  );
}
