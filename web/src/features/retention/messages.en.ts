import type { Like } from "@/i18n/messages";
import { pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "Retention",
  text: "How long each kind of data is kept. What is older is removed every night, in small parts.",
  classes: {
    call_records: "Calls, outcomes, answers of scripts",
    callbacks: "Callbacks that have ended",
    consents: "Consents and their proof",
    contacts: "Contacts without a call or a change",
    audit: "Audit log",
    imports: "Imports, their reports and files",
    voicemails: "Voicemail and what callers said to flows, with the recordings",
    what_ifs: "What-ifs",
    dnc_checks: "Answers of DNC providers",
    events: "Events of the floor",
    floor_commands: "Commands to the floor",
    call_usage: "Counters of past caps",
    call_charges: "Costs of calls, settled",
  },
  kept: "Times",
  days: "Days",
  forEver: "For ever",
  least: (days) => `at least ${pluralEn(days, `${days} day`, `${days} days`)}`,
  leastLaw: (days, preset) =>
    `at least ${pluralEn(days, `${days} day`, `${days} days`)} (${preset})`,
  save: "Save",
  saved: "Saved.",
  preview: "Count what would go",
  would: (_, count) => `${count} would go now`,
  wouldNothing: "Nothing would go now: no data is older.",
  run: "Remove now",
  runTitle: "Remove old data?",
  runText:
    "What is older than the times that are saved is removed for ever. The totals of campaigns stay.",
  ran: "Old data is removed.",
  ranNothing: "There was nothing to remove.",
  holds: {
    title: "Legal holds",
    text: "Nothing of a held number, or of the whole organisation, is removed while the hold stands.",
    add: "Hold",
    whole: "The whole organisation",
    number: "Number",
    numberHelp: "Empty: the whole organisation",
    reason: "Reason",
    allHeld:
      "The whole organisation is held: nothing is removed, neither at night nor by hand, until the hold ends.",
    endText:
      "What this hold kept may be removed from the next night on. The end and its reason stay in the audit log.",
    end: "End",
    ended: (at) => `ended on ${at}`,
    nothing: "No hold.",
  },
  runs: {
    title: "Last removals",
    nothing: "Nothing has been removed yet.",
    none: "nothing to remove",
    problem: "broken off: the database was busy, the next night goes on",
    running: "running",
  },
};
export default en;
