/** A DNC list as a form's values, and the bodies that are sent. */

import type { DncChannel, DncList, DncProviderSettings } from "@/api/types";

export type ListKind = "number" | "column" | "provider";

export interface ProviderValues
  extends Omit<DncProviderSettings, "listed_values" | "not_listed_values" | "max_age_seconds"> {
  /** With commas between them. */
  listed_values: string;
  not_listed_values: string;
  max_age_days: number;
}

export interface ListValues extends Record<string, unknown> {
  name: string;
  kind: ListKind;
  key_column: string;
  channel: DncChannel;
  organisation_wide: boolean;
  /** "": the list is the organisation's own. */
  screening_authority: string;
  /** "": as the law says. */
  screening_days: number | string;
  provider: ProviderValues;
}

export const CHANNELS: readonly DncChannel[] = [
  "any",
  "voice",
  "sms",
  "whatsapp",
  "email",
  "messenger",
];
const DAY = 86_400;

export const NEW_PROVIDER: ProviderValues = {
  method: "GET",
  url: "",
  body: "",
  header_name: "",
  header_value: "",
  secret_name: "",
  answer_path: "",
  listed_values: "true",
  not_listed_values: "false",
  timeout_seconds: 3,
  requests_per_second: 10,
  max_age_days: 28,
  when_silent: "hold",
};

export const NEW_LIST: ListValues = {
  name: "",
  kind: "number",
  key_column: "",
  channel: "any",
  organisation_wide: false,
  screening_authority: "",
  screening_days: "",
  provider: NEW_PROVIDER,
};

export function kindOf(list: DncList): ListKind {
  if (list.kind === "provider") return "provider";
  return list.key_column === null ? "number" : "column";
}

export function valuesOf(list: DncList): ListValues {
  const settings = list.provider;
  return {
    name: list.name,
    kind: kindOf(list),
    key_column: list.key_column ?? "",
    channel: list.channel,
    organisation_wide: list.organisation_wide,
    screening_authority: list.screening_authority ?? "",
    screening_days: list.screening_days ?? "",
    provider: settings
      ? {
          method: settings.method,
          url: settings.url,
          body: settings.body,
          header_name: settings.header_name,
          header_value: settings.header_value,
          secret_name: settings.secret_name,
          answer_path: settings.answer_path,
          listed_values: settings.listed_values.join(", "),
          not_listed_values: settings.not_listed_values.join(", "),
          timeout_seconds: settings.timeout_seconds,
          requests_per_second: settings.requests_per_second,
          max_age_days: settings.max_age_seconds / DAY,
          when_silent: settings.when_silent,
        }
      : NEW_PROVIDER,
  };
}

export function providerBody(values: ProviderValues): DncProviderSettings {
  const { listed_values, not_listed_values, max_age_days, ...rest } = values;
  return {
    ...rest,
    listed_values: split(listed_values),
    not_listed_values: split(not_listed_values),
    max_age_seconds: Math.round(max_age_days * DAY),
  };
}

/** What makes a list; key and kind are given once. */
export function newBody(values: ListValues): Record<string, unknown> {
  return {
    name: values.name,
    channel: values.channel,
    organisation_wide: values.organisation_wide,
    ...(values.kind === "number" && values.screening_authority.trim() !== ""
      ? {
          screening_authority: values.screening_authority.trim(),
          screening_days: values.screening_days === "" ? null : Number(values.screening_days),
        }
      : {}),
    ...(values.kind === "column" ? { key_column: values.key_column } : {}),
    ...(values.kind === "provider" ? { provider: providerBody(values.provider) } : {}),
  };
}

/** What changes a list; the provider goes along for those who may change it. */
export function changeBody(
  values: ListValues,
  version: number,
  withProvider: boolean,
): Record<string, unknown> {
  return {
    version,
    name: values.name,
    channel: values.channel,
    organisation_wide: values.organisation_wide,
    ...(values.screening_authority !== ""
      ? { screening_days: values.screening_days === "" ? null : Number(values.screening_days) }
      : {}),
    ...(values.kind === "provider" && withProvider
      ? { provider: providerBody(values.provider) }
      : {}),
  };
}

function split(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
