import type { Time } from "./common";

/** A number on which the organisation is called, and what answers it. */
export interface InboundNumber {
  inbound_number_id: string;
  /** E.164. */
  number: string;
  label: string;
  flow_id: string;
  /** Of mode `inbound`: whose calls they are. */
  campaign_id: string;
  active: boolean;
  version: number;
  created_at: Time;
  updated_at: Time;
}

/** A flow as forms offer it. */
export interface FlowChoice {
  flow_id: string;
  name: string;
  /** null: a draft only, which answers no number. */
  published_version: number | null;
}
