import { IconCalendarEvent } from "@tabler/icons-react";
import type { Card, Column } from "@/api/types";
import { shown } from "@/features/scripts/shown";
import { formatNumber } from "@/formats/phone";
import { currentLanguage } from "@/i18n/language";
import { nameColumns } from "@/shared/contact-name";
import { useFormats } from "@/shared/useFormats";
import { useNowSeconds } from "@/shared/useNow";
import { useText } from "./messages";
import classes from "./Panels.module.css";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function Value({ column, value }: { column: Column; value: string | null | undefined }) {
  const t = useText();
  const { date } = useFormats();
  if (!value) return <span className={classes.none}>{t.contact.empty}</span>;
  if (column.kind === "date" && DATE.test(value)) return <>{date(value, "UTC")}</>;
  return <>{shown(column.kind, value, currentLanguage())}</>;
}

/** The contact's columns as in the list, numbers first. */
export function ContactPanel({ card, zone }: { card: Card; zone: string }) {
  const t = useText();
  const { time, dateTime } = useFormats();
  const now = useNowSeconds();
  const { contact } = card;
  const inTitle = nameColumns(card.columns).map((column) => column.name);
  const shown = card.columns.filter(
    (column) => column.kind !== "phone" && !inTitle.includes(column.name),
  );
  return (
    <section className={classes.panel} aria-label={t.contact.title}>
      <h3>{t.contact.title}</h3>
      {card.callback && (
        <p className={classes.callback}>
          <IconCalendarEvent size={18} stroke={1.7} aria-hidden />
          <span>
            {t.contact.callback(dateTime(card.callback.due_at, zone))}
            {card.callback.note && <em>{card.callback.note}</em>}
          </span>
        </p>
      )}
      <dl className={classes.facts}>
        {contact.numbers.map((one) => (
          <div key={one.number}>
            <dt>{one.label}</dt>
            <dd className="tabular" data-struck={!one.callable || undefined}>
              {formatNumber(one.number)}
            </dd>
          </div>
        ))}
        {shown.map((column) => (
          <div key={column.name}>
            <dt>{column.label}</dt>
            <dd>
              <Value column={column} value={contact.data[column.name]} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t.contact.localTime}</dt>
          <dd className="tabular">{time(new Date(now * 1000).toISOString(), zone)}</dd>
        </div>
      </dl>
    </section>
  );
}
