import { catalogue } from "@/i18n/messages";
import en from "./messages.en";
import fr from "./messages.fr";

export const useText = catalogue({ fr, en });
