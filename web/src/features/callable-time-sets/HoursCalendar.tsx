import { ActionIcon, Group, Select } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { ApiError } from "@/api/client";
import { regions, timeZones } from "@/features/contact-lists/places";
import { useSession } from "@/features/session/session";
import { useLanguage } from "@/i18n/language";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useFormats } from "@/shared/useFormats";
import classes from "./HoursCalendar.module.css";
import { useText } from "./messages";
import { inWeeks, shortSlot } from "./time-set-form";
import type { Preview, PreviewDay, Rules } from "./types";
import { usePreview } from "./useCallableTimeSets";

const UNKNOWN = "?";

/** A month of the hours that rules come to, for numbers of one time zone. */
export function HoursCalendar({ rules }: { rules: Rules }) {
  const t = useText().preview;
  const language = useLanguage();
  const { organisation } = useSession();
  const [zone, setZone] = useState(organisation.time_zone);
  const [country, setCountry] = useState<string | null>(organisation.region);
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const first = new Date(`${month}-01T00:00:00Z`);
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const preview = usePreview(rules, {
    time_zone: zone === UNKNOWN ? null : zone,
    country,
    begin: `${month}-01`,
    days,
  });
  const move = (by: number) =>
    setMonth(
      new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + by, 1))
        .toISOString()
        .slice(0, 7),
    );
  const title = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(first);
  return (
    <div className={classes.calendar}>
      <Group grow align="flex-start" mb="sm">
        <Select
          label={t.zone}
          searchable
          allowDeselect={false}
          limit={80}
          data={[{ value: UNKNOWN, label: t.unknown }, ...timeZones(zone === UNKNOWN ? "" : zone)]}
          value={zone}
          onChange={(value) => setZone(value ?? UNKNOWN)}
        />
        <Select
          label={t.country}
          placeholder={t.noCountry}
          searchable
          clearable
          limit={300}
          data={regions(language)}
          value={country}
          onChange={setCountry}
        />
      </Group>
      {preview.isError ? (
        preview.error instanceof ApiError && preview.error.status === 422 ? (
          <p className={classes.note} role="status">
            {t.invalid}
          </p>
        ) : (
          <LoadError error={preview.error} onRetry={() => void preview.refetch()} />
        )
      ) : preview.data === undefined ? (
        <Loading />
      ) : (
        <>
          <StandingNote preview={preview.data} />
          <Group justify="space-between" mt="sm" mb={6} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.previous}
              onClick={() => move(-1)}
            >
              <IconChevronLeft size={18} />
            </ActionIcon>
            <strong className={classes.month} aria-live="polite">
              {title}
            </strong>
            <ActionIcon variant="subtle" color="gray" aria-label={t.next} onClick={() => move(1)}>
              <IconChevronRight size={18} />
            </ActionIcon>
          </Group>
          <MonthTable days={preview.data.days} label={title} />
          <ClosedDays days={preview.data.days} />
        </>
      )}
    </div>
  );
}

function StandingNote({ preview }: { preview: Preview }) {
  const t = useText().preview;
  const formats = useFormats();
  const zone = preview.time_zone;
  const [tone, words] =
    zone === null
      ? ["bad", t.noWindow]
      : preview.open
        ? ["good", t.open]
        : preview.opens_at === null
          ? ["bad", t.never]
          : ["info", t.opensAt(formats.dateTime(preview.opens_at, zone))];
  return (
    <p className={classes.note} data-tone={tone} role="status">
      {words}
    </p>
  );
}

function MonthTable({ days, label }: { days: PreviewDay[]; label: string }) {
  const t = useText();
  const short = t.shortDays.split(" ");
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {short.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {inWeeks(days).map((week) => (
          <tr key={week.find((day) => day)?.date}>
            {week.map((day, index) =>
              day === null ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell without a day
                <td key={index} />
              ) : (
                <DayCell key={day.date} day={day} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ day }: { day: PreviewDay }) {
  const t = useText().preview;
  const hours = day.slots.map(shortSlot);
  const why = [day.name, day.clock_changes ? t.clock : ""].filter(Boolean).join(", ");
  return (
    <td data-code={day.code} data-open={day.slots.length > 0 || undefined} title={why || undefined}>
      <span className={classes.number}>
        {Number(day.date.slice(8))}
        {day.clock_changes && <span aria-hidden>*</span>}
      </span>
      <span className={classes.hours}>
        {hours.length > 0 ? hours.map((text) => <span key={text}>{text}</span>) : t.closed}
      </span>
      {why && <span className={classes.hidden}>{why}</span>}
    </td>
  );
}

/** The month's days that are not as their weekday, with the reason. */
function ClosedDays({ days }: { days: PreviewDay[] }) {
  const t = useText().preview;
  const language = useLanguage();
  const format = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  const told = days.filter((day) => day.code !== "OUTSIDE_CALLABLE_TIME" || day.clock_changes);
  if (told.length === 0) return null;
  return (
    <ul className={classes.reasons}>
      {told.map((day) => (
        <li key={day.date}>
          <b>{format.format(new Date(`${day.date}T00:00:00Z`))}</b>{" "}
          {[
            day.name,
            day.code === "OUTSIDE_CALLABLE_TIME"
              ? ""
              : day.slots.map((slot) => `${slot.start}–${slot.until}`).join(", ") || t.closed,
            day.clock_changes ? `* ${t.clock}` : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </li>
      ))}
    </ul>
  );
}
