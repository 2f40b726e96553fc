import { apiUrl } from "@/api/client";
import type { Caller } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { formatDuration } from "@/formats/time";
import { currentLanguage } from "@/i18n/language";
import { KeyValues } from "@/shared/KeyValues";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import classes from "./CallerFacts.module.css";
import { useText } from "./messages";

/** A language's name in the reader's; its code, where the browser knows none. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([currentLanguage()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function waitedText({ waited_seconds, queued_at }: Caller, taken: string | null, waits: string) {
  if (waited_seconds !== null) return formatDuration(waited_seconds);
  if (queued_at === null) return null;
  if (taken === null) return waits;
  return formatDuration(Math.max(0, (Date.parse(taken) - Date.parse(queued_at)) / 1000));
}

/**
 * A call from outside: the number called, the wait, the way through the flow, and what it noted.
 * `taken`: when an agent has taken it, where that is known before the wait is recorded.
 * `attemptId`: of the call whose recordings may be heard here.
 */
export function CallerFacts(props: {
  caller: Caller;
  why?: boolean;
  taken?: string | null;
  attemptId?: string;
}) {
  const { caller, why = false, taken = null, attemptId } = props;
  const t = useText();
  const words = useWords();
  const formats = useFormats();
  const results = Object.entries(caller.results);
  const waited = waitedText(caller, taken, t.waits);
  return (
    <>
      <KeyValues
        rows={[
          [
            t.called,
            [formatNumber(caller.called_number), caller.label].filter(Boolean).join(" · "),
          ],
          [t.language, caller.language && languageName(caller.language)],
          [t.queue, caller.queue_name],
          [t.waited, waited],
        ]}
      />
      <div className={classes.part}>
        <h4>{t.way}</h4>
        {caller.way.length === 0 ? (
          <p className={classes.why}>{t.noWay}</p>
        ) : (
          <ol className={classes.way}>
            {caller.way.map((passed, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a node may be passed twice at once.
              <li key={index}>
                <time dateTime={passed.at}>{formats.clock(passed.at)}</time>
                <span>{passed.title || words.flowNodes[passed.type] || passed.node}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
      {results.length > 0 && (
        <div className={classes.part}>
          <h4>{t.results}</h4>
          <KeyValues rows={results} />
        </div>
      )}
      {attemptId && caller.recordings.length > 0 && (
        <div className={classes.part}>
          <h4>{t.recordings}</h4>
          {caller.recordings.map((one) => (
            <figure key={one.recording} className={classes.recording}>
              <figcaption>
                {one.variable} · {formatDuration(one.seconds)}
              </figcaption>
              {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
              <audio
                controls
                preload="none"
                src={apiUrl(`/attempts/${attemptId}/recordings/${one.recording}`)}
                aria-label={t.listen(one.variable)}
              />
            </figure>
          ))}
        </div>
      )}
      {why && caller.routing.length > 0 && (
        <div className={classes.part}>
          <h4>{t.routing}</h4>
          <ul className={classes.why}>
            {caller.routing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
