import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  title: "Sign in",
  meaning: "“Welcome” in Fon. The contact centre for your whole team.",
  login: "Login",
  password: "Password",
  showPassword: "Show or hide the password",
  signIn: "Sign in",
  language: "Language",
  unreachable: "Kwabo does not answer",
  tryAgain: "Try again",
};

export default en;
