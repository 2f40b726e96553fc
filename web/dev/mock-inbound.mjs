/** The mock server's inbound numbers, with the refusals that their form shows. */

import { randomUUID } from "node:crypto";
import * as data from "./mock-data.mjs";
import { flows } from "./mock-flows.mjs";
import { Refusal } from "./mock-refusal.mjs";

const campaign = data.campaigns.find((one) => one.mode === "inbound");
const number = (called, label, active = true) => ({
  inbound_number_id: randomUUID(),
  number: called,
  label,
  flow_id: flows[0].flow_id,
  campaign_id: campaign.campaign_id,
  active,
  version: 1,
  created_at: data.ago(86400),
  updated_at: data.ago(3600),
});
export const numbers = [
  number("+2290121300100", "Service client"),
  number("+2290121300101", "Recouvrement", false),
];

const refused = (field, code, message) =>
  new Refusal(422, "INVALID", "La demande contient des valeurs incorrectes.", {
    fields: [{ field, code, message }],
  });

/** The number as the server would keep it. */
function checked(body) {
  const digits = String(body.number).replace(/\D/g, "").replace(/^00/, "").replace(/^229/, "");
  if (digits.length !== 10) {
    throw refused("number", "PHONE_LENGTH", "Le numéro n’a pas dix chiffres : complétez-le.");
  }
  const flow = flows.find((one) => one.flow_id === body.flow_id);
  if (body.active && flow?.published_version === null) {
    throw refused(
      "flow_id",
      "FLOW_UNPUBLISHED",
      "Ce parcours n’est qu’un brouillon : publiez-le d’abord, ou désactivez le numéro.",
    );
  }
  return { ...body, number: `+229${digits}` };
}

export const checkedNumbers = (routes) =>
  routes.map(([method, path, act]) =>
    method === "POST" || method === "PATCH"
      ? [method, path, (asked) => act({ ...asked, body: checked(asked.body) })]
      : [method, path, act],
  );
