import { Alert, Button, FileButton, Group, Progress, Text } from "@mantine/core";
import { IconMicrophone, IconPlayerStop, IconUpload } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import classes from "./PromptsPage.module.css";
import type { useMicrophone } from "./useMicrophone";
import { asWav } from "./wav";

type Microphone = ReturnType<typeof useMicrophone>;

/** One take: start, stop, listen, keep or again; or a file. */
export function Take({
  microphone,
  busy,
  onKeep,
}: {
  microphone: Microphone;
  busy: boolean;
  onKeep: (audio: Blob) => void;
}) {
  const t = useText().recorder;
  const words = useText();
  const [heard, setHeard] = useState("");
  useEffect(() => {
    if (microphone.take === null) {
      setHeard("");
      return;
    }
    const url = URL.createObjectURL(microphone.take);
    setHeard(url);
    return () => URL.revokeObjectURL(url);
  }, [microphone.take]);
  async function choose(file: File | null) {
    if (file === null) return;
    try {
      onKeep(await asWav(file));
    } catch {
      toast.info(t.unreadable);
    }
  }
  return (
    <div className={classes.stage}>
      {microphone.refused && <Alert color="red">{t.refused}</Alert>}
      <Progress
        className={classes.meter}
        size="lg"
        value={microphone.level * 100}
        color={microphone.level > 0.95 ? "red" : microphone.level > 0.1 ? "green" : "gray"}
        aria-label={t.level}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {microphone.recording ? t.speaking : "\u00a0"}
      </Text>
      {heard && (
        // biome-ignore lint/a11y/useMediaCaption: its words stand above it
        <audio
          className={classes.audio}
          controls
          autoPlay
          src={heard}
          aria-label={words.listen("")}
        />
      )}
      <Group justify="center">
        {microphone.recording ? (
          <Button color="red" leftSection={<IconPlayerStop size={18} />} onClick={microphone.stop}>
            {t.stop}
          </Button>
        ) : (
          <Button
            variant={microphone.take ? "default" : "filled"}
            leftSection={<IconMicrophone size={18} />}
            onClick={() => void microphone.start()}
          >
            {microphone.take ? t.again : t.start}
          </Button>
        )}
        {microphone.take && !microphone.recording && (
          <Button loading={busy} onClick={() => microphone.take && onKeep(microphone.take)}>
            {t.keep}
          </Button>
        )}
        <FileButton accept="audio/*" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} variant="subtle" leftSection={<IconUpload size={18} />}>
              {words.upload}
            </Button>
          )}
        </FileButton>
      </Group>
    </div>
  );
}
