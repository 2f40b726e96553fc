import { pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: typeof fr = {
  erase: "Erase this person",
  title: "Erase this person?",
  text: "Their contacts in every list, their numbers and every text of their calls are erased for good. Counts of campaigns stay.",
  groups: {
    contacts: "Contacts",
    calls: "Calls, outcomes, callbacks, answers",
    consents: "Consents and proofs",
    lists: "DNC lists",
    reports: "Import reports",
    logs: "Logs and messages",
  },
  files: "Files",
  none: "There is nothing to erase.",
  hold: (reason) => `A legal hold keeps this data: ${reason}`,
  inCall: "This person is in a call, or an agent still works on one.",
  inCallUntil: (at) => `This person has been called; try again after ${at}.`,
  again: "Look again",
  law: (preset, years, source) =>
    `The law followed (${preset}) asks to keep call records for ${years} years (${source}). It is for you to decide.`,
  keep: "Go on not calling their numbers",
  keepHelp: (list) => `The numbers alone stay, on the list “${list}”.`,
  keepNoList: "An organisation-wide DNC list by number is needed first.",
  reason: "Reason",
  reasonHelp: "It is kept: leave names and numbers out.",
  ending: "The last four digits of one of their numbers",
  done: "The person is erased.",
  receipt: "Receipt",
  erased: {
    title: "Persons erased",
    text: "That an erasure happened stays written down; who it was does not.",
    nothing: "Nobody has been erased.",
    rows: (count) => pluralEn(count, `${count} row`, `${count} rows`),
    kept: "numbers kept on the DNC list",
  },
};
export default en;
