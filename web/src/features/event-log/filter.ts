/** The filters of the page as its address holds them. Times are those of the wall clock. */

import type { Query } from "@/api/client";
import { wallToUtc } from "@/formats/time";

export const LEVELS = ["error", "warning", "info"] as const;
export const CATEGORIES = [
  "AGENT",
  "CALLBACK",
  "CALL_RESTRICTION",
  "CAMPAIGN",
  "CAMPAIGN_RULE",
  "COMPLIANCE",
  "CONTACT",
  "CONTACT_LIST_FILTER",
  "DNC_LIST",
  "ENTITY_LIMIT",
  "IMPORT_ERROR",
  "IMPORT_TEMPLATE",
  "QUEUE",
  "ORGANIZATION_CONFIGURATION",
  "SCHEDULE",
  "SEQUENCE",
  "TRUNK",
  "WEBHOOK",
] as const;

const NAMES = [
  "level",
  "category",
  "campaign",
  "list",
  "trunk",
  "from",
  "until",
  "search",
] as const;

export type EventFilter = { [Name in (typeof NAMES)[number]]?: string | undefined } & {
  unseen?: true | undefined;
};

const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const ID = /^[0-9a-f-]{36}$/;

function fits(name: (typeof NAMES)[number], value: string): boolean {
  switch (name) {
    case "level":
      return (LEVELS as readonly string[]).includes(value);
    case "category":
      return (CATEGORIES as readonly string[]).includes(value);
    case "from":
    case "until":
      return WALL.test(value);
    case "search":
      return value.length <= 200;
    default:
      return ID.test(value);
  }
}

/** What of an address is a filter; the rest is left out, so that an old link still opens. */
export function filterOf(raw: Record<string, unknown>): EventFilter {
  const filter: EventFilter = {};
  for (const name of NAMES) {
    const value = raw[name];
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text === "string" && text !== "" && fits(name, text)) filter[name] = text;
  }
  if (raw.unseen === true) filter.unseen = true;
  return filter;
}

export type FilterPart = Partial<Record<keyof EventFilter, string | boolean>>;

/** The filter with a part changed; what is empty or off leaves the address. */
export function withPart(filter: EventFilter, part: FilterPart): EventFilter {
  return filterOf({ ...filter, ...part });
}

/** As the API takes it. */
export function queryOf(filter: EventFilter, zone: string): Query {
  return {
    level: filter.level,
    category: filter.category,
    campaign_id: filter.campaign,
    contact_list_id: filter.list,
    trunk_id: filter.trunk,
    from: filter.from && wallToUtc(filter.from, zone),
    until: filter.until && wallToUtc(filter.until, zone),
    search: filter.search,
    unseen: filter.unseen,
  };
}
