/** Formatters bound to the language on screen and the organisation's time zone. */

import { useMemo } from "react";
import { useSession } from "@/features/session/session";
import { formatBytes, formatCount, formatDecimal, formatRate } from "@/formats/number";
import { formatSpan } from "@/formats/span";
import { formatClock, formatDate, formatDateTime, formatTime } from "@/formats/time";
import { useLanguage } from "@/i18n/language";

export function useFormats() {
  const language = useLanguage();
  const zone = useSession().organisation.time_zone;
  return useMemo(
    () => ({
      dateTime: (at: string, timeZone = zone) => formatDateTime(at, language, timeZone),
      date: (at: string, timeZone = zone) => formatDate(at, language, timeZone),
      time: (at: string, timeZone = zone) => formatTime(at, language, timeZone),
      clock: (at: string, timeZone = zone) => formatClock(at, language, timeZone),
      count: (value: number) => formatCount(value, language),
      decimal: (value: number, digits = 2) => formatDecimal(value, language, digits),
      rate: (rate: number) => formatRate(rate, language),
      span: (seconds: number) => formatSpan(seconds, language),
      bytes: (bytes: number) => formatBytes(bytes, language),
      /** The name in the language on screen, of things named in both. */
      name: (thing: { name: string; name_en: string }) =>
        language === "en" && thing.name_en !== "" ? thing.name_en : thing.name,
    }),
    [language, zone],
  );
}
