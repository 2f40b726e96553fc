import type { Like } from "@/i18n/messages";
import { pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "Live",
  queue: "Queue",
  allQueues: "All queues",
  wall: "Wall mode",
  leaveWall: "Leave wall mode",
  connection: {
    live: "Live",
    connecting: "Connecting…",
    waiting: "Connection lost: these figures are old",
    off: "Offline",
  },
  figures: {
    talking: "Talking",
    dialling: "Dialling",
    ringing: "Ringing",
    ready: "Agents ready",
    readyHint: (n) => `${n} on a call`,
    connectRate: "Connect rate",
    connectHint: (n) => pluralEn(n, `${n} attempt`, `${n} attempts`),
    abandonRate: "Abandon rate",
    abandonHint: (n) => pluralEn(n, `${n} abandon`, `${n} abandons`),
  },
  chart: {
    title: "The last 30 minutes",
    text: "Per minute, all campaigns.",
    attempts: "Calls begun",
    answered: "Answered",
    abandoned: "Abandons",
    gathering: "The chart fills as calls come in.",
    summary: (attempts, answered, abandoned) =>
      `${attempts} calls begun, ${answered} answered, ${abandoned} abandons.`,
  },
  campaigns: {
    title: "Campaigns",
    none: "No campaign is running.",
    open: "See the campaigns",
    dialling: "dialling",
    ringing: "ringing",
    talking: "talking",
    ready: "ready",
    onCall: "on a call",
    afterCall: "after call",
    waiting: "waiting",
    connect: "Connect",
    abandon: "Abandon",
    done: (done, all) => `${done} of ${all} contacts finished`,
    agentless: { lines: "lines in use", inFlow: "in the flow", optedOut: "opted out" },
    inbound: {
      inFlow: "in the flow",
      waiting: "waiting",
      longest: "longest wait",
      talking: "talking",
      served: "served",
      abandoned: "abandoned",
    },
    callbacks: "callbacks",
    due: "callbacks due",
    missed: "missed (7 d)",
    alarm: {
      alarm: {
        title: (limit, abandoned, live) =>
          `Alarm threshold of ${limit} reached: ${abandoned} abandons of ${live} answers.`,
        advice: "Lower the abandon target or the calls per agent, or add agents.",
      },
      stop: {
        title: (limit, abandoned, live) =>
          `Stop threshold of ${limit} reached: ${abandoned} abandons of ${live} answers.`,
        advice:
          "The campaign calls only for free agents. Look for the cause: agents who leave, longer conversations, a ratio that is too high.",
      },
    },
    filled: (filled, all) => `${filled} of ${all} contacts in order`,
    next: (when) => `next call possible at ${when}`,
  },
  agents: {
    title: "Agents",
    count: (n) => `${n} ${pluralEn(n, "signed in", "signed in")}`,
    none: "No agent is signed in.",
    noneInFilter: "No agent is in this state.",
    all: "All",
    filter: "Agents by state",
    long: "for a long time",
    pauseAfter: "break after the call",
    signedOut: (n) => `${n} ${pluralEn(n, "agent signed out", "agents signed out")}`,
  },
  calls: {
    title: "Calls in progress",
    none: "No calls right now.",
    number: "Number",
    campaign: "Campaign",
    agent: "Agent",
    state: "State",
    duration: "Length",
    held: "on hold",
    agentLost: "agent lost",
    waiting: "Waits for an agent",
    inFlow: "In the flow",
    noAgent: "–",
    more: (n) => `and ${n} more`,
  },
};

export default en;
