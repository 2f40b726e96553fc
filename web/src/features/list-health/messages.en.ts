import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "List health",
  open: "List health",
  text: "How good the numbers are: how many can be called, with which operator, what to mend.",
  counted: (at) => `Counted on ${at}.`,
  counting: "Counting…",
  never: "The list has not been counted yet. The figures are on their way.",
  refresh: "Count again",
  error: "The last count failed:",
  contacts: "Contacts",
  numbers: "Numbers",
  without: "Without a callable number",
  uncallable: "Contacts not to be called",
  marked: "Numbers set aside by agents",
  dead: "Dead numbers",
  deadHelp: "The network's last answer was that they do not exist.",
  inside: "Duplicates in the list",
  outside: "In other lists too",
  converted: "Old 8-digit numbers converted",
  rejectedRows: "Rows refused by imports",
  kindsTitle: "Landlines and mobiles",
  countriesTitle: "Countries",
  operatorsTitle: "Operators",
  operatorsText:
    "By the first digits: a ported number may be elsewhere. “Unknown” where the numbering plan does not tell.",
  rejectedTitle: "Refused rows",
  kinds: {
    mobile: "Mobile",
    fixed_line: "Landline",
    premium: "Premium",
    shared_cost: "Shared cost",
    toll_free: "Toll free",
    satellite: "Satellite",
    other: "Other",
  },
  unknown: "Unknown",
  rest: "The others",
  empty: { title: "The list is empty", text: "Import contacts, then come back here." },
};

export default en;
