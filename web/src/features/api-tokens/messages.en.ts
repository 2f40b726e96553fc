import type { Like } from "@/i18n/messages";
import { pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "API tokens",
  text: "For a CRM or a script to speak to Kwabo in your name. A token can never do more than you.",
  add: "New token",
  name: "Name",
  nameHelp: "For which program, for example “CRM”.",
  scopes: "What it allows",
  expires: "Valid for",
  expiresAt: "Expires",
  lastUsed: "Last used",
  never: "never",
  revoked: "Revoked",
  expired: "Expired",
  valid: "Valid",
  days: (n) => pluralEn(n, `${n} day`, `${n} days`),
  made: "The token is made",
  once: "Copy it now: it is never shown again.",
  revoke: "Revoke",
  revokeOf: (name) => `Revoke ${name}`,
  revokeTitle: (name) => `Revoke the token ${name}?`,
  revokeText: "The program that uses it is refused from the next second on. This cannot be undone.",
  revokedDone: "The token is revoked.",
  nothing: { title: "No tokens", text: "Make one to join your CRM to Kwabo." },
};

export default en;
