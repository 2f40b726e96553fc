import { IconAlertTriangle } from "@tabler/icons-react";
import type { QueueLive } from "@/api/types";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import classes from "./QueueBoard.module.css";

/** Signs of a queue's alarms, in words. */
export function AlarmSigns({ queue }: { queue: QueueLive }) {
  const t = useText();
  return (
    <>
      {queue.alarms.map((alarm) => (
        <span key={alarm} className={classes.sign} role="status">
          <IconAlertTriangle size={14} aria-hidden /> {t.alarms[alarm]}
        </span>
      ))}
    </>
  );
}

/** The same with what is wrong and what helps. */
export function AlarmBoxes({ queue }: { queue: QueueLive }) {
  const t = useText();
  const formats = useFormats();
  const texts = {
    service_level: t.alarmTexts.service_level(
      formats.rate(queue.last_half_hour.service_level ?? 0),
      formats.rate(queue.service_level_share),
      formats.span(queue.service_level_seconds),
    ),
    longest_wait: t.alarmTexts.longest_wait(formats.span(queue.alarm_wait_seconds ?? 0)),
  };
  return (
    <>
      {queue.alarms.map((alarm) => (
        <p key={alarm} className={classes.alarm} role="status">
          <IconAlertTriangle size={17} aria-hidden />
          <span>
            <b>{t.alarms[alarm]}.</b> {texts[alarm]}
          </span>
        </p>
      ))}
    </>
  );
}
