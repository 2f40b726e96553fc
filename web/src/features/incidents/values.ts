/** What the incident form holds, from an incident and back. */

import { utcToWall, wallToUtc } from "@/formats/time";
import type { Incident } from "./types";

export interface IncidentValues extends Record<string, unknown> {
  name: string;
  service: string;
  communes: string;
  cells: string;
  announced: "words" | "prompt";
  prompt: string;
  /** Language → words; every language of the form has an entry. */
  texts: Record<string, string>;
  own_notice: boolean;
  over_texts: Record<string, string>;
  starts_at: string;
  expected_end: string;
}

export function valuesOf(
  incident: Incident | null,
  zone: string,
  languages: readonly string[],
): IncidentValues {
  const words = (texts: Record<string, string> = {}) =>
    Object.fromEntries(languages.map((one) => [one, texts[one] ?? ""]));
  return {
    name: incident?.name ?? "",
    service: incident?.service ?? "",
    communes: incident?.communes.join(", ") ?? "",
    cells: incident?.cells.join(", ") ?? "",
    announced: incident?.prompt ? "prompt" : "words",
    prompt: incident?.prompt ?? "",
    texts: words(incident?.texts),
    own_notice: Object.keys(incident?.over_texts ?? {}).length > 0,
    over_texts: words(incident?.over_texts),
    starts_at: incident ? utcToWall(incident.starts_at, zone) : "",
    expected_end: incident?.expected_end ? utcToWall(incident.expected_end, zone) : "",
  };
}

const placesOf = (written: string) =>
  written
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** Words by language, without the empty ones. */
const wordsOf = (written: Record<string, string>) =>
  Object.fromEntries(Object.entries(written).filter(([, text]) => text.trim() !== ""));

/** As the API takes it; a begin that was not given is now. */
export function bodyOf(values: IncidentValues, incident: Incident | null, zone: string) {
  const starts = values.starts_at === "" ? null : wallToUtc(values.starts_at, zone);
  return {
    name: values.name,
    service: values.service,
    communes: placesOf(values.communes),
    cells: placesOf(values.cells),
    prompt: values.announced === "prompt" ? values.prompt : "",
    texts: values.announced === "words" ? wordsOf(values.texts) : {},
    over_texts: values.own_notice ? wordsOf(values.over_texts) : {},
    // A begin to the second stays as it was unless somebody has changed it.
    ...(starts !== null &&
      values.starts_at !== (incident && utcToWall(incident.starts_at, zone)) && {
        starts_at: starts,
      }),
    expected_end: values.expected_end === "" ? null : wallToUtc(values.expected_end, zone),
    ...(incident && { version: incident.version }),
  };
}
