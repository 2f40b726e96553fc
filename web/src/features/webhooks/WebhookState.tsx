import type { Webhook } from "@/api/types";
import { StatusBadge } from "@/shared/StatusBadge";
import { useText } from "./messages";

/** How a webhook stands, in words and colour. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useText();
  if (webhook.state === "off") return <StatusBadge tone="quiet">{t.states.off}</StatusBadge>;
  if (webhook.state === "paused") return <StatusBadge tone="bad">{t.states.paused}</StatusBadge>;
  if (webhook.failures > 0) return <StatusBadge tone="warn">{t.failing}</StatusBadge>;
  return <StatusBadge tone="good">{t.states.on}</StatusBadge>;
}
