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
