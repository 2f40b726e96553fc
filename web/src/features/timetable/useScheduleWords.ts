/** What a schedule will do next, in a sentence. */

import type { Schedule } from "@/api/types";
import { useLanguage } from "@/i18n/language";
import { useText } from "./messages";

export function useScheduleWords(): (schedule: Schedule) => string {
  const t = useText().schedule;
  const language = useLanguage();
  return (schedule) => {
    if (!schedule.active) return t.suspended;
    if (schedule.next_change_at === null) return t.stays;
    const at = new Date(schedule.next_change_at);
    const locale = language === "fr" ? "fr-FR" : "en-GB";
    const near = at.getTime() - Date.now() < 6 * 86_400_000;
    const when = new Intl.DateTimeFormat(locale, {
      weekday: "long",
      ...(near ? {} : { day: "numeric", month: "long" }),
      hour: "2-digit",
      minute: "2-digit",
      timeZone: schedule.time_zone,
    }).format(at);
    return schedule.next_change === "start" ? t.starts(when) : t.pauses(when);
  };
}
