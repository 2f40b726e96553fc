import type { Time } from "./common";

export interface WebhookKind {
  kind: string;
  description: string;
}

/** `waiting` is counted up to 10,000; the other counts are of the last 24 hours. */
export interface Webhook {
  webhook_id: string;
  url: string;
  description: string;
  kinds: string[];
  campaign_ids: string[];
  personal_data: boolean;
  state: "on" | "off" | "paused";
  old_secret_until: Time | null;
  failures: number;
  failing_since: Time | null;
  rests_until: Time | null;
  last_success_at: Time | null;
  last_failure_at: Time | null;
  last_error: string;
  waiting: number;
  oldest_waiting_at: Time | null;
  delivered: number;
  failed: number;
  milliseconds: number | null;
  version: number;
  created_at: Time;
  updated_at: Time;
}

export interface NewWebhook extends Webhook {
  secret: string;
}

export type DeliveryState = "waiting" | "delivered" | "failed";

export interface WebhookDelivery {
  delivery_id: string;
  message_id: string;
  kind: string;
  at: Time;
  campaign_id: string | null;
  state: DeliveryState;
  tries: number;
  replays: number;
  next_at: Time | null;
  last_try_at: Time | null;
  status: number | null;
  error: string;
  duration_ms: number | null;
}

export interface WebhookDeliveryDetail extends WebhookDelivery {
  data: Record<string, unknown>;
  personal: Record<string, unknown> | null;
  answer: string;
}
