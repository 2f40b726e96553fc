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
  routing: "Why this agent",
};

export default en;
