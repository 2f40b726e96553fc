/**
 * Conditions of a script's parts: the same as domain/scripts/conditions.py, held to it by
 * tests/shared/script-cases.json.
 */

import type { Answer, Condition, Statement, When } from "./types";

export interface Facts {
  columns: Record<string, string | null>;
  answers: Record<string, Answer>;
  language: string;
  campaign: string;
  agent: Record<string, string>;
  /** Of the contact's clock, "2026-11-26T10:00". */
  now: string;
}

const SPACE = /^[ \t\r\n\u00a0\u202f]+|[ \t\r\n\u00a0\u202f]+$/g;
const strip = (text: string) => text.replace(SPACE, "");

export function holds(condition: When, facts: Facts): boolean {
  if (condition === null || condition === undefined) return true;
  if ("all" in condition) return condition.all.every((one) => holds(one, facts));
  if ("any" in condition) return condition.any.some((one) => holds(one, facts));
  if ("not" in condition) return !holds(condition.not, facts);
  return stated(condition, facts) !== (condition.inverted === true);
}

/** Every statement of a condition. */
export function statementsOf(condition: Condition): Statement[] {
  if ("all" in condition) return condition.all.flatMap(statementsOf);
  if ("any" in condition) return condition.any.flatMap(statementsOf);
  if ("not" in condition) return statementsOf(condition.not);
  return [condition];
}

interface Decimal {
  negative: boolean;
  whole: string;
  fraction: string;
}

function readDecimal(text: string): Decimal | null {
  const match = /^([+-]?)([0-9]{1,40})(?:[.,]([0-9]{1,40}))?$/.exec(strip(text));
  if (match === null) return null;
  const whole = (match[2] ?? "").replace(/^0+(?=\d)/, "");
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  return { negative: match[1] === "-" && `${whole}${fraction}` !== "0", whole, fraction };
}

/** Exact, however many digits there are. */
function compareDecimals(left: Decimal, right: Decimal): number {
  if (left.negative !== right.negative) return left.negative ? -1 : 1;
  const digits = Math.max(left.fraction.length, right.fraction.length);
  const scaled = (one: Decimal) => BigInt(one.whole + one.fraction.padEnd(digits, "0"));
  const [a, b] = [scaled(left), scaled(right)];
  const size = a < b ? -1 : a > b ? 1 : 0;
  return left.negative ? -size : size;
}

/** Milliseconds of a date or time without a zone, as if it were UTC. */
function readMoment(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(strip(text));
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59 || year < 1) return null;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute, second);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null;
}

function stated(one: Statement, facts: Facts): boolean {
  const found = factOf(one, facts);
  const values = (Array.isArray(found) ? found : [found]).filter((value) => strip(value) !== "");
  const first = values[0];
  if (one.operator === "IS_EMPTY") return first === undefined;
  if (first === undefined) return false;
  const wanted = one.value ?? "";
  switch (one.value_type) {
    case "NUMERIC":
      return ordered(one.operator, readDecimal(first), readDecimal(wanted));
    case "PERIOD": {
      const [at, now] = [readMoment(first), readMoment(facts.now)];
      const bound = readDecimal(wanted);
      if (at === null || now === null || bound === null) return false;
      const seconds = readDecimal(String(Math.floor((now - at) / 1000)));
      return ordered(one.operator, seconds, times60(bound));
    }
    case "DATETIME":
      return timed(one.operator, first, wanted);
    default: {
      const lower = values.map((value) => value.toLowerCase());
      const against = wanted.toLowerCase();
      if (!Array.isArray(found)) return texted(one.operator, lower[0] ?? "", against);
      if (one.operator === "EQUALS") return lower.length === 1 && lower[0] === against;
      if (one.operator === "CONTAINS") return lower.includes(against);
      return lower.some((value) => texted(one.operator, value, against));
    }
  }
}

function factOf(one: Statement, facts: Facts): Answer {
  const name = one.name ?? "";
  switch (one.of) {
    case "column":
      return facts.columns[name] ?? "";
    case "answer":
      return facts.answers[name] ?? "";
    case "language":
      return facts.language;
    case "campaign":
      return facts.campaign;
    case "agent":
      return facts.agent[name] ?? "";
    default:
      return "";
  }
}

function times60(one: Decimal): Decimal {
  const product = (BigInt(one.whole + one.fraction) * 60n).toString();
  const digits = product.padStart(one.fraction.length + 1, "0");
  const cut = digits.length - one.fraction.length;
  return {
    negative: one.negative,
    whole: digits.slice(0, cut),
    fraction: digits.slice(cut).replace(/0+$/, ""),
  };
}

function ordered(operator: string, left: Decimal | null, right: Decimal | null): boolean {
  if (left === null || right === null) return false;
  const order = compareDecimals(left, right);
  switch (operator) {
    case "LESS_THAN":
      return order < 0;
    case "LESS_THAN_EQUALS":
      return order <= 0;
    case "GREATER_THAN":
      return order > 0;
    case "GREATER_THAN_EQUALS":
      return order >= 0;
    default:
      return order === 0;
  }
}

function timed(operator: string, found: string, wanted: string): boolean {
  const [left, right] = [readMoment(found), readMoment(wanted)];
  if (left === null || right === null) return false;
  if (operator === "BEFORE") return left < right;
  if (operator === "AFTER") return left > right;
  const day = 86_400_000;
  if (strip(wanted).length === 10) return Math.floor(left / day) === Math.floor(right / day);
  return left === right;
}

function texted(operator: string, left: string, right: string): boolean {
  switch (operator) {
    case "CONTAINS":
      return left.includes(right);
    case "BEGINS_WITH":
      return left.startsWith(right);
    case "ENDS_WITH":
      return left.endsWith(right);
    default:
      return left === right;
  }
}
