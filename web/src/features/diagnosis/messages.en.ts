import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "What to change",
  titleText: "What holds the campaign back, the most pressing first.",
  at: (when) => `As of ${when}.`,
  refresh: "Count again",
  until: (when) => `The first from ${when} on.`,
  concerned: (contacts, share) => `${contacts} contacts, ${share} of the list.`,
  severities: { stops: "Stops", slows: "Slows", note: "To know" },
  places: {
    campaign: "Set up the campaign",
    rules: "See the rules",
    agents: "See the agents",
    queue: "See the queues",
    trunk: "See the trunks",
    list: "Open the list",
    recycle: "See the contacts",
    compliance: "See compliance",
    dnc: "See the DNC lists",
    dataActions: "See the data actions",
    pacing: "See the pacing",
  },
  figures: {
    callable: "Callable in their turn",
    callableHint: "not looked at yet, or their time has come",
    waiting: "Waiting",
    next: (when) => `next ${when}`,
    atWork: "Agents at work",
    ofQueue: (n) => `of ${n} in the queue`,
    lines: "Free lines",
    linesHint: (used, aside, wanted) =>
      `${used} in use, ${aside} set aside for others; needed: ${wanted}`,
  },
  waterfall: "Where each contact stands",
  waterfallText: (n) => `Each of the ${n} contacts is in exactly one line.`,
  ofNext: (contacts, of) => `${contacts} of the next ${of} contacts.`,
  ahead: "The next contacts",
  aheadText: (n) =>
    `The first ${n} that the campaign has not come to yet, put before every rule just now.`,
  aheadCallable: "Can be called now.",
  columns: {
    group: "Where it stands",
    why: "First reason",
    contacts: "Contacts",
    share: "Share",
    next: "At the earliest",
  },
  total: "The whole list",
  groups: {
    untouched: "Not looked at yet",
    due: "To be called now",
    in_progress: "In a call",
    agent: "Wait for their agent",
    later: "Put off until later",
    change: "Wait for a change",
    finished: "Finished",
  },
  agents: "The queue's agents",
  noAgents: "Nobody is in the campaign's queue.",
  empty: {
    title: "The list is empty",
    text: "Import contacts: each will have its place and its reason here.",
  },
};

export default en;
