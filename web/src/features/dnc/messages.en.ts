import { type Like, pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "DNC lists",
  text: "Numbers that are never to be dialled. An entry counts at once, even for calls begun that nobody has answered.",
  add: "New list",
  name: "Name",
  entries: "Numbers",
  entryCount: (n, shown) => `${shown} ${pluralEn(n, "number", "numbers")}`,
  made: "The list is made.",
  nothing: {
    title: "No DNC lists",
    text: "Make one to honour the wish not to be called.",
  },
  delete: "Delete the list",
  deleteTitle: (name) => `Delete ${name}?`,
  deleteText: (count) =>
    `Its ${count} numbers can be called again. Who had excluded them and when stays in the audit log. A list that a campaign uses cannot be deleted.`,
  deleted: "The list is deleted.",
  search: "Find a number",
  number: "Number",
  reason: "Reason",
  source: "Origin",
  sources: {
    agent: "Agent",
    upload: "Added",
    user: "Added",
    api: "API",
  },
  addedAt: "Added",
  expires: "Expires",
  forever: "never",
  expired: "expired, no longer counts",
  none: "The list is empty.",
  noMatch: "This number is not on the list.",
  removeOf: (number) => `Remove ${number}`,
  removeTitle: (number) => `Remove ${number}?`,
  removeText:
    "This number can be called again. The removal and its reason are kept in the audit log.",
  removeReason: "Why remove it",
  removed: "The number is removed.",
  remove: "Remove",
  adding: {
    title: "Add numbers",
    paste: "Numbers",
    pasteHelp: "One per line, in any written form. Of a file, the first column is taken.",
    file: "From a file",
    count: (n, shown) => `${shown} ${pluralEn(n, "number", "numbers")} to add`,
    repeated: (n) => `${n} twice, counted once`,
    reason: "Reason",
    reasonHelp: "For example: the customer’s wish, a ruling, a national list.",
    expires: "Expires on",
    expiresHelp: "Empty: never. After that date the entry no longer counts.",
    go: "Add",
    sending: (done, all) => `${done} of ${all} sent`,
    result: (added, updated) => `${added} added, ${updated} were there already and are updated.`,
    rejected: (n, shown) => `${shown} ${pluralEn(n, "number was", "numbers were")} not understood:`,
    close: "Done",
  },
};

export default en;
