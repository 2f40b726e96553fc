import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "Inbound numbers",
  text: "The numbers that people call you on: for each, the flow that answers and the campaign whose agents take the call.",
  add: "New number",
  number: "Number",
  numberHelp: "As your carrier brings it to you; in any usual form, for example 01 21 30 01 00.",
  label: "Label",
  labelHelp: "What the agent reads when a call comes, for example “After-sales”.",
  flow: "Flow that answers",
  flowHelp: "Its newest published version answers.",
  draft: (name) => `${name} (draft)`,
  noFlows: "There is no flow yet: make one and publish it.",
  campaign: "Inbound campaign",
  campaignHelp: "Its list keeps the callers; its codes and script are the agents’.",
  noCampaigns: "There is no campaign of the mode inbound yet.",
  makeCampaign: "Make one",
  active: "Active",
  activeLabel: "Take calls on this number",
  activeHelp: "Switched off, callers hear that the number does not exist.",
  on: "Active",
  off: "Switched off",
  saved: "The number is saved. It counts from the next call on.",
  nothing: "No numbers",
  nothingText: "Add the number that your carrier brings, with the flow that is to answer.",
  remove: (number) => `Take ${number} away`,
  removeTitle: (number) => `Take the number ${number} away?`,
  removeText:
    "Whoever calls it from then on hears that it does not exist. Calls already taken go on to their end and stay in the history.",
  removed: "The number is taken away.",
  edit: (number) => `Edit ${number}`,
};

export default en;
