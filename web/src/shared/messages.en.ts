import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  loading: "Loading…",
  tryAgain: "Try again",
  cancel: "Cancel",
  confirm: "Confirm",
  close: "Close",
  failed: "Could not be loaded",
  network: "The server does not answer. Check the connection, then try again.",
  unexpected: "Something unexpected went wrong.",
  done: "Done",
  save: "Save",
  saved: "Saved",
  unsaved: "Changes not saved",
  leave: "Leave without saving the changes?",
  create: "Create",
  edit: "Edit",
  remove: "Delete",
  add: "Add",
  clear: "Clear",
  copy: "Copy",
  copied: "Copied",
  all: "All",
  yes: "Yes",
  no: "No",
  none: "None",
  active: "Active",
  inactive: "Inactive",
  noRights: "You may not see this page.",
  needed: "Fill in or choose.",
  units: { label: "unit", s: "seconds", min: "minutes", h: "hours", d: "days" },
  stale: {
    title: "Someone else has changed this meanwhile",
    text: "Your changes are not saved, so as not to undo theirs. Reload to see the current version.",
    reload: "Reload the current version",
  },
  plot: {
    table: "See the values as a table",
    between: (low, high) => `${low} to ${high}`,
  },
  table: {
    previous: "Previous page",
    next: "Next page",
    range: (from, to) => `${from} to ${to}`,
    rangeOf: (from, to, total) => `${from} to ${to} of ${total}`,
    sortBy: (column) => `Sort by ${column}`,
    empty: "Nothing to show",
  },
};

export default en;
