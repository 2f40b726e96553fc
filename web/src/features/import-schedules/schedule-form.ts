/** A scheduled import as the form has it, and as the API takes it. */

import type { OnDuplicate } from "@/api/types";
import type { ImportSchedule, ImportSource, ImportTiming, SourceKind } from "@/api/types/lists";

export interface ScheduleValues extends Record<string, unknown> {
  name: string;
  contact_list_id: string | null;
  import_template_id: string | null;
  source: ImportSource;
  secret: string;
  timing: ImportTiming;
  done_file: "keep" | "move" | "delete";
  on_duplicate: OnDuplicate;
  active: boolean;
}

export function emptySchedule(timeZone: string): ScheduleValues {
  return {
    name: "",
    contact_list_id: null,
    import_template_id: null,
    source: {
      kind: "folder",
      path: "",
      pattern: "*.csv",
      move_to: "done",
      host: "",
      port: 22,
      user: "",
      host_key: "",
      sign_in: "none",
      url: "",
    },
    secret: "",
    timing: {
      kind: "daily",
      minutes: 60,
      at: "06:00",
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      time_zone: timeZone,
    },
    done_file: "keep",
    on_duplicate: "update",
    active: true,
  };
}

export function valuesOf(schedule: ImportSchedule): ScheduleValues {
  const { name, contact_list_id, import_template_id, source, timing, done_file } = schedule;
  const { on_duplicate, active } = schedule;
  return {
    name,
    contact_list_id,
    import_template_id,
    source,
    secret: "",
    timing,
    done_file,
    on_duplicate,
    active,
  };
}

/** The ways to sign in that a kind of source has. */
export function signInsOf(kind: SourceKind): ImportSource["sign_in"][] {
  if (kind === "sftp") return ["password", "key"];
  return kind === "https" ? ["none", "password", "token"] : ["none"];
}

/** Another kind keeps what it shares with the last one; a secret does not go along. */
export function ofKind(values: ScheduleValues, kind: SourceKind): ScheduleValues {
  const fitting = signInsOf(kind);
  const sign_in = fitting.includes(values.source.sign_in)
    ? values.source.sign_in
    : (fitting[0] ?? "none");
  return {
    ...values,
    source: { ...values.source, kind, sign_in },
    secret: "",
    done_file: kind === "https" ? "keep" : values.done_file,
  };
}

/** An empty secret is not sent: the server keeps the one it has. */
export function bodyOf(values: ScheduleValues) {
  const { secret, ...rest } = values;
  return { ...rest, name: values.name.trim(), ...(secret === "" ? {} : { secret }) };
}

export function testBody(values: ScheduleValues, scheduleId: string | null) {
  return {
    source: values.source,
    ...(values.secret === "" ? {} : { secret: values.secret }),
    ...(scheduleId ? { import_schedule_id: scheduleId } : {}),
  };
}

/** Where it takes files, in one line; never anything secret. */
export function placeOf(source: ImportSource): string {
  if (source.kind === "https") return source.url;
  const folder = source.path === "" ? "" : `${source.path.replace(/\/$/, "")}/`;
  if (source.kind === "folder") return `${folder}${source.pattern}`;
  const port = source.port === 22 ? "" : `:${source.port}`;
  return `${source.user}@${source.host}${port}:${folder}${source.pattern}`;
}
