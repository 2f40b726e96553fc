import { apiUrl } from "@/api/client";
import type { Voicemail } from "@/api/types";
import { useText } from "./messages";
import { callerOf } from "./useVoicemails";
import classes from "./VoicemailsPage.module.css";

/** What was said or written, to be heard and read. */
export function Message({ voicemail, onPlayed }: { voicemail: Voicemail; onPlayed: () => void }) {
  const t = useText();
  const caller = callerOf(voicemail, t.withheld);
  return (
    <>
      {voicemail.recorded && (
        // biome-ignore lint/a11y/useMediaCaption: what was understood stands below it
        <audio
          className={classes.audio}
          controls
          preload="none"
          src={apiUrl(`/voicemails/${voicemail.voicemail_id}/audio`)}
          aria-label={t.listen(caller)}
          onPlaying={voicemail.state === "new" ? onPlayed : undefined}
        />
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
