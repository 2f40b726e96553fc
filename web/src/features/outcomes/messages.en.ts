import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "Meaning of outcomes",
  text: "What each outcome means, given by an agent or by the system: how it counts, and what follows. The past is counted by the present table.",
  campaignTitle: "Meaning of outcomes in this campaign",
  campaignText:
    "What is not set here is as in the organisation. The past is counted by the present table.",
  default: "Codes without a meaning of their own",
  defaultText: "They have these properties.",
  outcome: "Outcome",
  flags: "Meaning",
  show: "Show the table",
  source: "Set by",
  codes: "Wrap-up codes",
  system: "Outcomes of the system",
  sources: {
    own: "this table",
    organisation: "the organisation",
    default: "codes without a meaning",
    built_in: "Kwabo",
  },
  inherit: "As inherited",
  inheritOf: (name) => `${name}: as inherited`,
  flagsOf: (name) => `Meaning of ${name}`,
  none: "None",
  changed: (n) => `${n} ${n === 1 ? "change" : "changes"}`,
  save: "Save the table",
  undo: "Undo",
  saved: "The table is saved. It counts at once.",
  systemNames: {
    NOT_GIVEN: "Outcome not given",
    ABANDONED: "Abandoned",
    SELF_SERVED: "Served by a flow",
    FLOW_COMPLETED: "Flow heard to its end",
    FLOW_LEFT: "Hung up during the flow",
    FLOW_FAILED: "Flow ended by an error",
    OPTED_OUT: "Wants no more calls (by key)",
  } as Record<string, string>,
};

export default en;
