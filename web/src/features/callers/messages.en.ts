import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  incoming: "Incoming call",
  title: "The caller",
  called: "Number called",
  language: "Language",
  queue: "Queue",
  waited: "Waited",
  waits: "Still waits",
  way: "What the caller did",
  noWay: "Nothing of the way is noted.",
  results: "What the flow noted",
  recordings: "What the caller said to the flow",
  listen: (name) => `Listen to: ${name}`,
  routing: "Why this agent",
  flowResults: "Answers to the flow",
  flowResultsOf: (n) => `Calls in which the flow has noted something: ${n}`,
  flowResultsFile: "Export (CSV)",
  noFlowResults: "No answer noted",
  noFlowResultsText:
    "A menu whose key is noted, a survey or a Note node leaves here what people have answered.",
  otherValues: (n) => `Other values (${n})`,
  answersGiven: (n) => `Answers: ${n}`,
};

export default en;
