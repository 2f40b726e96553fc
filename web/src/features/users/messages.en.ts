import { type Like, pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "Users",
  text: "Who works here, with which rights and in which queues.",
  add: "New user",
  search: "Find a name or login",
  name: "Name",
  login: "Login",
  loginHelp: "Lower case, no spaces; it is what the person types to sign in.",
  role: "Role",
  queues: "Queues",
  queuesHelp: "The campaigns whose calls this person gets.",
  state: "State",
  language: "Language",
  extra: (n) => `+ ${n} ${pluralEn(n, "right", "rights")}`,
  noMatch: "Nobody has that name.",
  nothing: "No users.",
  general: "The person",
  rights: "Rights",
  rightsText: "The role gives a base; add here what this person needs beyond it.",
  byRole: "given by the role",
  roleHelp: {
    administrator: "Everything, users and settings too.",
    supervisor: "Runs campaigns, watches live, manages DNC lists and queues.",
    agent: "Takes calls, sees own work only.",
  },
  password: "Password",
  generated: "A password is made for you and shown once after saving.",
  made: (name) => `${name} is created.`,
  saved: "The changes are saved.",
  newPassword: "New password",
  passwordText: "The person is signed out everywhere and signs in with the new password.",
  reset: "Reset the password",
  resetTitle: (name) => `Reset the password of ${name}?`,
  once: (login) =>
    `For you to hand over, login “${login}”. It is not shown again; the person can change it then.`,
  access: "Access",
  deactivate: "Deactivate",
  activate: "Activate again",
  deactivateTitle: (name) => `Deactivate ${name}?`,
  deactivateText:
    "The person is signed out at once and can no longer sign in. Past work and the name stay in the history. You can activate the person again.",
  deactivated: "The user is deactivated.",
  activated: "The user can sign in again.",
  inactiveNow: "Cannot sign in.",
  activeNow: "Can sign in.",
  self: "This is you: another administrator has to do it.",
};

export default en;
