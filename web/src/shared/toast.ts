/** Short notices at the lower edge, where they cover no buttons of a page; screen readers speak them. */

import { notifications } from "@mantine/notifications";
import { currentLanguage } from "@/i18n/language";
import { errorText } from "./errors";
import en from "./messages.en";
import fr from "./messages.fr";

export const toast = {
  success(message: string): void {
    notifications.show({ message, color: "green", role: "status" });
  },
  info(message: string): void {
    notifications.show({ message, role: "status" });
  },
  /** For `catch(toast.error)`: anything that was thrown. The same words are not shown twice. */
  error(error: unknown): void {
    const message = errorText(error, currentLanguage() === "fr" ? fr : en);
    notifications.show({ id: message, message, color: "red", role: "alert", autoClose: 9000 });
  },
};
