import { screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { QueueLive, QueuePeriod } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { apply, fromSnapshot } from "@/live/state";
import { live } from "@/live/store";
import { renderPage } from "@/test/render";
import { OwnQueues } from "./OwnQueues";
import { PeriodsPanel } from "./PeriodsPanel";
import { QueuesPanel } from "./QueuesPanel";
import { byUrgency, hasFigures, inUse, levelTone, roughly, waitingIn } from "./queues";

const PERIOD: QueuePeriod = {
  offered: 20,
  answered: 12,
  answered_in_time: 9,
  abandoned: 4,
  short_abandoned: 1,
  left: { overflow: 1, moved: 0, closed: 0, timeout: 0, callback: 1, voicemail: 0, elsewhere: 0 },
  waiting: 2,
  service_level: 0.6,
  abandon_rate: 0.2,
  average_answer_seconds: 21.4,
  slow_answer_seconds: 75,
  longest_wait_seconds: 130,
};

const queue = (change: Partial<QueueLive> = {}): QueueLive => ({
  queue_id: "q1",
  name: "Support",
  waiting: 2,
  oldest_wait_at: "2026-11-23T10:00:00.000Z",
  expected_wait: { seconds: 90, low: 30, high: 150, unknown: null },
  agents: { ready: 0, on_call: 3, after_call: 1, busy: 0, paused: 1 },
  places_kept: 1,
  voicemails_new: 0,
  today: PERIOD,
  last_half_hour: PERIOD,
  waiting_by_minute: [0, 1, 4, 2],
  service_level_seconds: 20,
  service_level_share: 0.8,
  short_abandon_seconds: 5,
  alarm_wait_seconds: 120,
  alarms: ["service_level"],
  ...change,
});

const QUIET: Partial<QueueLive> = {
  waiting: 0,
  oldest_wait_at: null,
  places_kept: 0,
  today: { ...PERIOD, offered: 0 },
  waiting_by_minute: [0, 0],
  alarms: [],
};

function show(...queues: unknown[]) {
  const message = {
    type: "snapshot",
    position: 1,
    agents: [],
    campaigns: [],
    attempts: [],
    queues,
  };
  vi.spyOn(live, "getView").mockReturnValue({
    ...fromSnapshot(message as never),
    connection: "live",
    heardAtMs: 0,
  });
}

afterEach(() => vi.restoreAllMocks());

test("queues with an alarm come first, and those in which nothing happens are left out", () => {
  const calm = queue({ queue_id: "q2", name: "Accueil", alarms: [] });
  expect(byUrgency([calm, queue()]).map((one) => one.name)).toEqual(["Support", "Accueil"]);
  expect(inUse(queue(QUIET))).toBe(false);
  expect(inUse(queue({ ...QUIET, voicemails_new: 1 }))).toBe(true);
  expect([levelTone(null, 0.8), levelTone(0.8, 0.8), levelTone(0.79, 0.8)]).toEqual([
    undefined,
    "good",
    "bad",
  ]);
});

test("an event replaces a queue, and an agent's part has no figures", () => {
  const start = fromSnapshot({
    type: "snapshot",
    position: 1,
    agents: [],
    campaigns: [],
    attempts: [],
  });
  const part = { queue_id: "q1", name: "Support", waiting: 1, oldest_wait_at: null };
  const next = apply(start, {
    type: "event",
    position: 2,
    at: "2026-11-23T10:00:00.000Z",
    kind: "queue.changed",
    entity: "queue",
    data: part,
  });
  expect(next).not.toBe("gap");
  if (next === "gap") return;
  expect(next.queues).toEqual({ q1: part });
  expect(hasFigures(part)).toBe(false);
  expect(hasFigures(queue())).toBe(true);
});

test("the table says each alarm in words and the hour for who does not see it", () => {
  setLanguage("en");
  show(queue(), queue({ ...QUIET, queue_id: "q2", name: "Quiet" }));
  renderPage(<QueuesPanel queueId={null} still calledIn />);
  const row = screen.getByRole("row", { name: /Support/ });
  expect(within(row).getByText("Below target")).toBeTruthy();
  expect(within(row).getByText("about 1 min 30 s")).toBeTruthy();
  expect(within(row).getByText("12 of 20")).toBeTruthy();
  expect(
    within(row).getByRole("img", { name: "People waiting in the last hour: 2 now, 4 at most." }),
  ).toBeTruthy();
  expect(screen.queryByText("Quiet")).toBeNull();
});

test("a centre without calls in queues is told so", () => {
  setLanguage("fr");
  show(queue(QUIET));
  renderPage(<QueuesPanel queueId={null} still calledIn />);
  expect(screen.getByText("Aucun appel n’est passé par une file aujourd’hui.")).toBeTruthy();
});

test("a centre that nobody calls sees no queues", () => {
  show(queue(QUIET));
  renderPage(<QueuesPanel queueId={null} still calledIn={false} />);
  expect(screen.queryByText(/Files d’attente|Queues/)).toBeNull();
});

test("an estimate is rounded to what it is worth", () => {
  expect([2, 58, 61, 148, 640].map(roughly)).toEqual([5, 60, 60, 150, 660]);
});

test("the periods add up and say how they are calculated", () => {
  setLanguage("en");
  renderPage(<PeriodsPanel queue={queue()} />);
  const value = (name: string) =>
    within(screen.getByRole("row", { name: new RegExp(name) })).getAllByRole("cell")[0]
      ?.textContent;
  expect(value("Hung up")).toBe("4, 1 of them before 5 s");
  expect(value("Service level")).toBe("60%");
  expect(screen.getByText(/Offered = answered \+ hung up/)).toBeTruthy();
});

test("an agent reads how many wait in their own queues, and for how long", () => {
  setLanguage("en");
  const other = queue({ queue_id: "q3", waiting: 7, oldest_wait_at: "2026-11-23T09:00:00.000Z" });
  show(queue(), queue({ ...QUIET, queue_id: "q2" }), other);
  renderPage(<OwnQueues queueIds={["q1", "q2"]} />);
  expect(screen.getByText(/2 people wait/)).toBeTruthy();
  expect(waitingIn([queue(), other], ["q1", "q3"])).toEqual({
    waiting: 9,
    oldest: "2026-11-23T09:00:00.000Z",
  });
  expect(waitingIn([queue()], [])).toEqual({ waiting: 0, oldest: null });
});
