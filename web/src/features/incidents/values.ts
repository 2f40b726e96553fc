/** What the incident form holds, from an incident and back. */

import { utcToWall, wallToUtc } from "@/formats/time";
import type { Incident } from "./types";

export interface IncidentValues extends Record<string, unknown> {
  name: string;
  service: string;
  communes: string;
  cells: string;
  prompt: string;
  texts: { fr: string; en: string };
  over_texts: { fr: string; en: string };
  starts_at: string;
  expected_end: string;
}

const words = (texts: Record<string, string> | undefined) => ({
  fr: texts?.fr ?? "",
  en: texts?.en ?? "",
});

export function valuesOf(incident: Incident | null, zone: string): IncidentValues {
  return {
    name: incident?.name ?? "",
    service: incident?.service ?? "",
    communes: incident?.communes.join(", ") ?? "",
    cells: incident?.cells.join(", ") ?? "",
    prompt: incident?.prompt ?? "",
    texts: words(incident?.texts),
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

/** Words by language, without the empty ones; those of other languages stay. */
const wordsOf = (kept: Record<string, string> | undefined, written: Record<string, string>) =>
  Object.fromEntries(
    Object.entries({ ...kept, ...written }).filter(([, text]) => text.trim() !== ""),
  );

/** As the API takes it; a begin that was not given is now. */
export function bodyOf(values: IncidentValues, incident: Incident | null, zone: string) {
  const starts = values.starts_at === "" ? null : wallToUtc(values.starts_at, zone);
  return {
    name: values.name,
    service: values.service,
    communes: placesOf(values.communes),
    cells: placesOf(values.cells),
    prompt: values.prompt.trim(),
    texts: wordsOf(incident?.texts, values.texts),
    over_texts: wordsOf(incident?.over_texts, values.over_texts),
    // A begin to the second stays as it was unless somebody has changed it.
    ...(starts !== null &&
      values.starts_at !== (incident && utcToWall(incident.starts_at, zone)) && {
        starts_at: starts,
      }),
    expected_end: values.expected_end === "" ? null : wallToUtc(values.expected_end, zone),
    ...(incident && { version: incident.version }),
  };
}
