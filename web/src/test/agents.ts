/** An agent, a call and its card, for tests. */

import type { AgentState, AttemptLive, Card, WrapUpCode } from "@/api/types";
import { SESSION } from "./render";

export const attempt = (change: Partial<AttemptLive> = {}): AttemptLive => ({
  attempt_id: "t1",
  campaign_id: "c1",
  campaign_name: "Loyalty",
  contact_id: "p1",
  attempt_number: 2,
  number: "+2290197123456",
  state: "connected",
  result: "person",
  agent_user_id: SESSION.user.user_id,
  held: false,
  muted: false,
  consult: null,
  agent_lost: false,
  offered_at: null,
  dialling_at: "2026-11-23T10:00:00.000Z",
  ringing_at: null,
  answered_at: "2026-11-23T10:00:05.000Z",
  connected_at: "2026-11-23T10:00:05.000Z",
  closed_at: null,
  ...change,
});

export const agent = (change: Partial<AgentState> = {}): AgentState => ({
  user_id: SESSION.user.user_id,
  display_name: SESSION.user.display_name,
  status: "ready",
  pause_reason_id: null,
  since: "2026-11-23T10:00:00.000Z",
  leg: { kind: "webrtc", state: "up" },
  attempt: null,
  after_call_until: null,
  pause_after: false,
  preview_until: null,
  queue_ids: [],
  fetch_available: false,
  ...change,
});

const code = (name: string, change: Partial<WrapUpCode> = {}): WrapUpCode => ({
  wrap_up_code_id: name,
  name,
  name_en: name,
  flags: [],
  required_fields: [],
  position: 0,
  active: true,
  ...change,
});

export const card = (change: Partial<Card> = {}): Card => ({
  attempt: attempt(),
  contact: {
    contact_id: "p1",
    contact_list_id: "l1",
    external_key: null,
    data: { name: "Koffi Houessou", offer: "" },
    numbers: [{ number: "+2290197123456", label: "Mobile", callable: true }],
    time_zone: null,
    language: null,
    callable: true,
    uncallable_reason: null,
    version: 1,
    created_at: "2026-11-01T08:00:00.000Z",
    updated_at: "2026-11-01T08:00:00.000Z",
  },
  columns: [
    { name: "name", label: "Name", kind: "text", position: 0 },
    { name: "offer", label: "Offer", kind: "text", position: 1 },
  ],
  campaign: {
    campaign_id: "c1",
    name: "Loyalty",
    mode: "progressive",
    script: "",
    preview_skip_allowed: true,
  },
  script_html: "<p>Hello</p>",
  history: [],
  wrap_up_codes: [
    code("Sale", { position: 1, flags: ["success"], required_fields: ["offer"] }),
    code("Refused", { position: 2, required_fields: ["notes"] }),
    code("Later", { position: 3, flags: ["callback"] }),
    code("Never", { position: 4, flags: ["do_not_call"] }),
    code("Retired", { position: 5, active: false }),
  ],
  callback: null,
  ...change,
});
