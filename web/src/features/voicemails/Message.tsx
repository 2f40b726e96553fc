import { useEffect, useState } from "react";
import { apiUrl } from "@/api/client";
import type { Voicemail } from "@/api/types";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { callerOf } from "./useVoicemails";
import classes from "./VoicemailsPage.module.css";

interface Props {
  voicemail: Voicemail;
  /** Playing begins (true) or ends, also because the message leaves the page. */
  onPlaying: (plays: boolean) => void;
}

/** What was said or written, to be heard and read. */
export function Message({ voicemail, onPlaying }: Props) {
  const t = useText();
  const formats = useFormats();
  const caller = callerOf(voicemail, t.withheld);
  return (
    <>
      {voicemail.recorded && (
        <Player
          source={apiUrl(`/voicemails/${voicemail.voicemail_id}/audio`)}
          label={t.listen(caller)}
          onPlaying={onPlaying}
        />
      )}
      {voicemail.recorded && (
        <span className={`${classes.under} tabular`}>
          {formats.span(Math.max(1, Math.round(voicemail.seconds)))}
        </span>
      )}
      {!voicemail.recorded && <span className={classes.under}>{t.inWriting}</span>}
      {voicemail.text !== "" && (
        <span className={classes.words}>
          {voicemail.recorded && <span className={classes.under}>{t.understood}</span>}
          {voicemail.text}
        </span>
      )}
      {voicemail.recorded && voicemail.transcription === "failed" && (
        <span className={classes.under}>{t.transcriptFailed}</span>
      )}
      {voicemail.note !== "" && <span className={classes.under}>{voicemail.note}</span>}
    </>
  );
}

interface PlayerProps {
  source: string;
  label: string;
  onPlaying: (plays: boolean) => void;
}

function Player({ source, label, onPlaying }: PlayerProps) {
  const [plays, setPlays] = useState(false);
  useEffect(() => {
    if (!plays) return;
    onPlaying(true);
    return () => onPlaying(false);
  }, [plays, onPlaying]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: what was understood stands below it
    <audio
      className={classes.audio}
      controls
      preload="none"
      src={source}
      aria-label={label}
      onPlaying={() => setPlays(true)}
      onPause={() => setPlays(false)}
      onEnded={() => setPlays(false)}
    />
  );
}
