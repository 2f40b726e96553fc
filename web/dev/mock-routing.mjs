/** Skills, who has them, and how queues find agents. */

import { randomUUID } from "node:crypto";
import { queues, users } from "./mock-data.mjs";

export const skills = ["Facturation", "Fibre optique", "Mobile money"].map((name) => ({
  skill_id: randomUUID(),
  name,
}));

export const agentSkills = users.slice(2).map((user, index) => ({
  user_id: user.user_id,
  display_name: user.display_name,
  active: user.active,
  skills: {
    "language:fr": 5,
    ...(index % 2 === 0 ? { "language:fon": 4, [skills[0].skill_id]: 3 } : {}),
    ...(index % 3 === 0 ? { [skills[1].skill_id]: 5 } : { "language:yo": 2 }),
  },
}));

const settings = {
  evaluation: "best",
  rings: [
    { seconds: 20, drops: [] },
    { seconds: 30, drops: [skills[1].skill_id] },
    { seconds: 0, drops: [skills[1].skill_id, "language:fon"] },
  ],
  priority: 0,
  segment_priorities: { Or: 5, Entreprises: 3 },
  ageing_seconds: 60,
  preferred_wait_seconds: 5,
  last_agent: "queue_members",
  last_agent_wait_seconds: 10,
  overflow: [{ when: "no_agents", seconds: 0, to_queue_id: queues[1].queue_id }],
  max_waiting: 30,
  when_full: "callback",
  max_wait_seconds: 900,
  when_too_long: "voicemail",
  schedule_group_id: null,
  at_closing: "stay",
  keep_free: 1,
  outbound_below_seconds: 30,
  service_level_seconds: 20,
  service_level_share: 0.8,
  short_abandon_seconds: 5,
  alarm_service_level: true,
  alarm_wait_seconds: null,
  after_call: "mandatory_timeout",
  after_call_seconds: 30,
  arrival: "at_once",
  arrival_tone: true,
  alert_seconds: 15,
  music_prompt_id: null,
  announce: "about",
  announce_every_seconds: 45,
  callback_after_seconds: 120,
  callback_first: "customer",
  callback_key: "1",
  callback_tries: 3,
  callback_retry_seconds: 300,
  callback_expires_seconds: 14400,
};

const routings = queues.map((queue) => ({
  queue_id: queue.queue_id,
  version: 1,
  updated_at: null,
  settings: { ...settings, overflow: queue === queues[0] ? settings.overflow : [] },
  members: queue.member_user_ids.map((user_id, index) => ({
    user_id,
    ring: 1 + Math.floor(index / 2),
    rank: 1 + (index % 2),
  })),
}));

const of = (id) => routings.find((one) => one.queue_id === id);

function explain(id) {
  const names = new Map(users.map((user) => [user.user_id, user.display_name]));
  const codes = [null, "RING_NOT_OPEN", "SKILL_MISSING", "NOT_READY"];
  const agents = of(id).members.map((member, index) => {
    const name = names.get(member.user_id);
    const code = codes[Math.min(index, 3)];
    return {
      user_id: member.user_id,
      display_name: name,
      status: index < 3 ? "ready" : "on_call",
      code,
      sentence: [
        `${name} prendrait l’appel.`,
        `${name} est dans un cercle qui n’est pas encore ouvert.`,
        `${name} n’a pas une compétence demandée.`,
        `${name} n’est pas disponible.`,
      ][Math.min(index, 3)],
      opens_in_seconds: [0, 20, 50, null][Math.min(index, 3)],
    };
  });
  return {
    user_id: agents[0].user_id,
    chosen: "ONLY_ONE",
    ring: 1,
    sentences: [
      `${agents[0].display_name} était la seule personne libre qui pouvait prendre l’appel.`,
    ],
    agents,
  };
}

export const routes = [
  ["GET", "/queues/:id/routing", ({ id }) => of(id)],
  [
    "PUT",
    "/queues/:id/routing",
    ({ id, body }) =>
      Object.assign(of(id), {
        settings: body.settings,
        members: body.members,
        version: body.version + 1,
      }),
  ],
  ["GET", "/queues/:id/explain", ({ id }) => explain(id)],
  [
    "PUT",
    "/agent-skills/:id",
    ({ id, body }) =>
      Object.assign(
        agentSkills.find((one) => one.user_id === id),
        { skills: body.skills },
      ),
  ],
];
