import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  attempt: (n) => `Attempt ${n}`,
  with: (name) => `with ${name}`,
  talk: "Talk",
  ring: "Ringing",
  answerToAgent: "Answer → agent",
  steps: {
    offered_at: "Offered to the agent",
    reserved_at: "Agent reserved",
    dialling_at: "Dialling",
    ringing_at: "Ringing",
    answered_at: "Answered",
    connected_at: "Agent connected",
    closed_at: "End",
  },
  number: "Number called",
  callerId: "Caller id shown",
  mode: "Mode",
  agent: "Agent",
  campaign: "Campaign",
  result: "Result",
  cause: "Carrier’s cause",
  sip: (code) => `SIP ${code}`,
  q850: (cause) => `Q.850 ${cause}`,
  hungUpBy: "Hung up by",
  parties: {
    agent: "the agent",
    contact: "the called person",
    far_end: "the called person",
    system: "Kwabo",
    us: "Kwabo",
  },
  abandoned: "Abandoned: no agent could take the call",
  transferredTo: "Transferred to",
  wrapUp: "Wrap-up",
  notes: "Notes",
  at: "When",
  details: "The attempt in detail",
  openContact: "Open the contact",
};

export default en;
