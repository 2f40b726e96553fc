/** Figures of queues, and who waits in them. */

import { queues } from "./mock-data.mjs";
import { skills } from "./mock-routing.mjs";

const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const LEFT = {
  overflow: 3,
  moved: 1,
  closed: 0,
  timeout: 4,
  callback: 12,
  voicemail: 5,
  elsewhere: 2,
};

function period(offered, share) {
  const left =
    offered > 60 ? LEFT : { ...LEFT, overflow: 0, timeout: 1, callback: 2, voicemail: 1 };
  const gone = Object.values(left).reduce((sum, count) => sum + count, 0);
  const abandoned = Math.round(offered * 0.06);
  const answered = Math.max(0, offered - gone - abandoned - 3);
  const short = Math.min(2, abandoned);
  const judged = answered + abandoned - short;
  return {
    offered,
    answered,
    answered_in_time: Math.round(judged * share),
    abandoned,
    short_abandoned: short,
    left,
    waiting: 3,
    service_level: judged === 0 ? null : share,
    abandon_rate: judged === 0 ? null : (abandoned - short) / judged,
    average_answer_seconds: 24.6,
    slow_answer_seconds: 97.2,
    longest_wait_seconds: 261,
  };
}

const hour = (most, phase) =>
  Array.from({ length: 60 }, (_, minute) =>
    Math.max(0, Math.round(most * (0.5 + 0.5 * Math.sin(minute / 7 + phase)) - 1)),
  );

function board(queue, index) {
  const worst = index === 0;
  return {
    queue_id: queue.queue_id,
    name: queue.name,
    waiting: worst ? 3 : index,
    oldest_wait_at: worst || index > 0 ? ago(worst ? 214 : 12) : null,
    expected_wait: worst
      ? { seconds: 148, low: 70, high: 240, unknown: null }
      : {
          seconds: index === 1 ? 0 : null,
          low: null,
          high: null,
          unknown: index === 1 ? null : "NO_AGENTS",
        },
    agents: { ready: worst ? 0 : 2, on_call: 4, after_call: 1, busy: worst ? 1 : 0, paused: 2 },
    places_kept: worst ? 4 : 0,
    voicemails_new: worst ? 5 : 0,
    today: period(worst ? 312 : 88, worst ? 0.71 : 0.93),
    last_half_hour: period(worst ? 41 : 15, worst ? 0.52 : 0.96),
    waiting_by_minute: hour(worst ? 8 : 2, index),
    service_level_seconds: 20,
    service_level_share: 0.8,
    short_abandon_seconds: 5,
    alarm_wait_seconds: worst ? 180 : null,
    alarms: worst ? ["longest_wait", "service_level"] : [],
  };
}

export const boards = queues.map(board);

/** What somebody sees of the queues: all figures, or how many wait in their own. */
export function boardsFor(user, sees) {
  if (sees) return boards;
  return boards
    .filter((one) => user.queue_ids?.includes(one.queue_id))
    .map(({ queue_id, name, waiting, oldest_wait_at }) => ({
      queue_id,
      name,
      waiting,
      oldest_wait_at,
    }));
}

const caller = (position, number, since, skill, reason, passed = []) => ({
  attempt_id: `00000000-0000-4000-8000-00000000000${position}`,
  number,
  position,
  since: ago(since),
  priority: position === 1 ? 20 : 0,
  skills: skill,
  reason,
  passed,
});

function callers() {
  const items = [
    caller(1, "+2290197001122", 214, ["language:fon", skills[0].skill_id], "NOBODY_FITS", [
      {
        user_id: "00000000-0000-4000-8000-000000000011",
        display_name: "Awa Gbaguidi",
        code: "SKILL_MISSING",
        sentence: "Awa Gbaguidi n’a pas une compétence demandée.",
      },
    ]),
    caller(2, "+2290161223344", 95, ["language:fr"], "ALL_BUSY"),
    caller(3, "", 31, [], "ALL_BUSY"),
  ];
  return { items, next_page_token: null, total: items.length };
}

export const routes = [
  [
    "GET",
    "/queues/:id/callers",
    ({ id }) => (id === queues[0].queue_id ? callers() : { ...callers(), items: [] }),
  ],
  ["PATCH", "/queues/:id/callers/:attempt", () => null],
  ["GET", "/queue-figures", () => ({ items: boards, next_page_token: null, total: boards.length })],
];
