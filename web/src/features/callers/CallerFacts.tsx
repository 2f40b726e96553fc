import type { Caller } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { formatDuration } from "@/formats/time";
import { currentLanguage } from "@/i18n/language";
import { KeyValues } from "@/shared/KeyValues";
import { useFormats } from "@/shared/useFormats";
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

/** A call from outside: the number called, the wait, the way through the flow, and what it noted. */
export function CallerFacts({ caller, why = false }: { caller: Caller; why?: boolean }) {
  const t = useText();
  const formats = useFormats();
  const results = Object.entries(caller.results);
  const waited =
    caller.waited_seconds !== null
      ? formatDuration(caller.waited_seconds)
      : caller.queued_at !== null
        ? t.waits
        : null;
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
                <span>{passed.title}</span>
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
