/** Conditions and actions of a campaign rule as a person reads them. */

type Part = Record<string, unknown>;

export interface RuleWords {
  types: Record<string, string>;
  operators: Record<string, string>;
  /** Names of dialing modes. */
  modes: Record<string, string>;
  /** Monday first. */
  days: readonly string[];
  monthDays: Record<string, string>;
  last: string;
  everyYear: string;
  and: string;
  or: string;
  /** Of a campaign, a sequence or a queue; "" when it is gone. */
  nameOf: (id: string) => string;
  date: (day: string) => string;
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function detail(part: Part, words: RuleWords): string {
  const type = String(part.type);
  switch (type) {
    case "time_of_day":
      return `${part.start}–${part.until}`;
    case "day_of_week":
      return listed(part.days)
        .map((day) => words.days[Number(day) - 1] ?? "")
        .join(", ");
    case "day_of_month":
      return listed(part.days)
        .map((day) => words.monthDays[String(day)] ?? String(day))
        .join(", ");
    case "week_day_of_month": {
      const week = part.week === 5 ? words.last : String(part.week);
      return `${words.days[Number(part.day) - 1] ?? ""} (${week})`;
    }
    case "specific_date": {
      const days = [...new Set([String(part.first), String(part.last)])].map(words.date);
      return `${days.join("–")}${part.every_year === true ? `, ${words.everyYear}` : ""}`;
    }
    case "set_dialing_mode":
      return words.modes[String(part.value)] ?? String(part.value);
    default:
      if (part.operator !== undefined) {
        return `${words.operators[String(part.operator)] ?? ""} ${part.value}`;
      }
      return part.value === undefined ? "" : String(part.value);
  }
}

/** One condition or action; a group stands in brackets, with what joins its conditions. */
export function sentence(part: Part, words: RuleWords): string {
  if (part.type === "group") {
    const join = part.match === "any" ? words.or : words.and;
    const inner = listed(part.conditions).map((one) => sentence(one as Part, words));
    return `(${inner.join(` ${join} `)})`;
  }
  const about = [part.campaign_id, part.sequence_id, part.queue_id]
    .filter((id): id is string => typeof id === "string")
    .map(words.nameOf)
    .filter(Boolean)
    .map((name) => ` · ${name}`)
    .join("");
  const said = detail(part, words);
  return `${words.types[String(part.type)] ?? part.type}${about}${said && `\u00a0: ${said}`}`;
}
