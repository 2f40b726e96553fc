import { expect, test } from "vitest";
import type { CampaignLive } from "@/api/types";
import { ACTIVITY_MINUTES, NO_ACTIVITY, observe } from "./activity";

const campaign = (id: string, attempts: number, answered = 0, talking = 0) =>
  ({ campaign_id: id, attempts, answered, abandoned: 0, talking }) as CampaignLive;
const MINUTE = 60_000;

test("the first look adds nothing, the next ones add what came since", () => {
  let activity = observe(NO_ACTIVITY, MINUTE, [campaign("a", 100, 40, 2)]);
  expect(activity.minutes).toEqual([
    { minute: 1, attempts: 0, answered: 0, abandoned: 0, talking: 2 },
  ]);
  activity = observe(activity, MINUTE + 5000, [campaign("a", 103, 41, 1)]);
  activity = observe(activity, MINUTE + 9000, [campaign("a", 104, 41, 1), campaign("b", 500)]);
  expect(activity.minutes).toEqual([
    { minute: 1, attempts: 4, answered: 1, abandoned: 0, talking: 2 },
  ]);
});

test("quiet minutes are there, what was missed counts when it is heard of", () => {
  let activity = observe(NO_ACTIVITY, MINUTE, [campaign("a", 10)]);
  activity = observe(activity, 4 * MINUTE, [campaign("a", 16)]);
  expect(activity.minutes.map((one) => [one.minute, one.attempts])).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 6],
  ]);
});

test("only the last half hour is kept, and a counter that begins anew takes nothing away", () => {
  let activity = observe(NO_ACTIVITY, MINUTE, [campaign("a", 10)]);
  activity = observe(activity, 100 * MINUTE, [campaign("a", 2)]);
  expect(activity.minutes.at(-1)).toMatchObject({ minute: 100, attempts: 0 });
  for (let minute = 101; minute < 160; minute += 1) {
    activity = observe(activity, minute * MINUTE, [campaign("a", minute)]);
  }
  expect(activity.minutes).toHaveLength(ACTIVITY_MINUTES);
  expect(activity.minutes[0]?.minute).toBe(130);
});
