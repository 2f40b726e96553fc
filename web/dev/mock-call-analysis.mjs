/** Response sets, prompts and call results of the scripted day. */

import { randomUUID } from "node:crypto";

const promptId = randomUUID();

export const prompts = [
  {
    prompt_id: promptId,
    name: "Message de rappel",
    seconds: 14.2,
    bytes: 227_000,
    file_name: "rappel.wav",
    response_sets: ["Messages et rappels"],
    created_at: "2026-11-20T09:00:00.000Z",
  },
];

export const responseSets = [
  {
    response_set_id: randomUUID(),
    name: "Messages et rappels",
    live_person_detection: "medium",
    fax_detection: true,
    beep_detection: true,
    reactions: {
      callable_machine: { type: "play_file", prompt_id: promptId, after_greeting: true },
      callable_busy: { type: "retry", retry_seconds: 900 },
    },
    campaigns: ["Renouvellement fibre"],
    version: 3,
    updated_at: "2026-11-20T09:00:00.000Z",
  },
];

const ANSWERED = ["queue", "play_file", "hang_up"];
export const possible = [
  ["callable_person", ["queue"], "queue"],
  ["callable_lineconnected", ANSWERED, "queue"],
  ["callable_machine", ["hang_up", "play_file", "queue"], "hang_up"],
  ["callable_fax", ["hang_up", "number_uncallable", "queue"], "hang_up"],
  ["callable_busy", ["hang_up", "retry"], "hang_up"],
  ["callable_noanswer", ["hang_up", "retry"], "hang_up"],
  ["callable_disconnect", ["hang_up", "retry", "number_uncallable"], "hang_up"],
  ["callable_sit", ["hang_up", "retry", "number_uncallable"], "number_uncallable"],
  ["uncallable_sit", ["number_uncallable", "hang_up", "retry"], "number_uncallable"],
  ["uncallable_notfound", ["number_uncallable", "hang_up", "retry"], "number_uncallable"],
].map(([result, reactions, otherwise]) => ({ result, reactions, otherwise }));

const counts = (attempts, reached) => {
  const persons = Math.round(attempts * reached);
  const machines = Math.round(attempts * 0.18);
  const busy = Math.round(attempts * 0.06);
  const invalid = Math.round(attempts * 0.05);
  const sit = Math.round(attempts * 0.03);
  const refused = Math.round(attempts * 0.02);
  const answered = persons + machines;
  return {
    attempts,
    answered,
    connected: Math.round(persons * 0.98),
    persons,
    machines,
    faxes: 0,
    busy,
    no_answer: Math.max(0, attempts - answered - busy - invalid - sit - refused),
    invalid,
    sit,
    refused,
    other: 0,
    messages: Math.round(machines * 0.8),
    messages_whole: Math.round(machines * 0.7),
    ring_seconds: attempts * 11,
    analysed: answered,
    analysis_seconds: answered * 1.7,
    persons_judged: persons,
    persons_denied: Math.round(persons * 0.06),
    machines_judged: 0,
    machines_denied: 0,
  };
};
const OPERATORS = [
  ["+2290140", "Celtiis"],
  ["+2290161", "MTN"],
  ["+2290195", "Moov"],
  ["+2290197", "MTN"],
];
const row = (parts, name, attempts, reached) => ({
  campaign_id: null,
  trunk_id: null,
  number_range: null,
  hour: null,
  weekday: null,
  day: null,
  name,
  ...parts,
  ...counts(attempts, reached),
});
const hours = Array.from({ length: 12 }, (_, index) => index + 8);
const reachedAt = (hour, shift) => 0.2 + 0.16 * Math.sin((hour - 8 + shift) / 2.4) ** 2;
const BY = {
  number_range: () =>
    OPERATORS.map(([range, name], index) =>
      row({ number_range: range }, name, 820 + index * 240, 0.24 + index * 0.03),
    ),
  trunk: () => [row({ trunk_id: randomUUID() }, "Opérateur A", 4720, 0.29)],
  campaign: () => [row({ campaign_id: randomUUID() }, "Renouvellement fibre", 4720, 0.29)],
  hour: () => hours.map((hour) => row({ hour }, "", 390, reachedAt(hour, 0))),
  day: () => ["2026-11-24", "2026-11-25"].map((day) => row({ day }, "", 2360, 0.29)),
  weekday_hour: () =>
    [1, 2, 3, 4, 5, 6].flatMap((weekday) =>
      hours.map((hour) => row({ weekday, hour }, "", 66, reachedAt(hour, weekday))),
    ),
  range_hour: () =>
    OPERATORS.flatMap(([range, name], index) =>
      hours.map((hour) => row({ number_range: range, hour }, name, 98, reachedAt(hour, index * 2))),
    ),
};

export const callResults = (by) => ({
  since: "2026-11-20T23:00:00.000Z",
  until: "2026-11-27T23:00:00.000Z",
  time_zone: "Africa/Porto-Novo",
  total: counts(4720, 0.29),
  rows: BY[by](),
});
