/** What the mock server says of why a campaign does not dial, in the language of who asks. */

import * as data from "./mock-data.mjs";

const BUCKETS = [
  [
    "untouched",
    "NOT_LOOKED_AT",
    4210,
    "La campagne n’est pas encore arrivée à ces contacts.",
    "The campaign has not come to these contacts yet.",
  ],
  [
    "due",
    "DUE",
    38,
    "Leur heure est venue : ils sont appelés dès qu’un agent et une ligne sont libres.",
    "Their time has come: they are called as soon as an agent and a line are free.",
  ],
  ["in_progress", "IN_PROGRESS", 7, "Un appel est en cours.", "A call is in progress."],
  [
    "agent",
    "CALLBACK_OWNED",
    12,
    "Le rappel est dû, et réservé à l’agent qui l’a promis.",
    "The callback is due, and reserved for the agent who promised it.",
  ],
  [
    "later",
    "OUTSIDE_CALLABLE_TIME",
    9840,
    "Il est hors des heures d’appel de la campagne, à l’heure du contact.",
    "It is outside the campaign's callable hours, in the contact's time.",
  ],
  [
    "later",
    "RESULT_NO_ANSWER",
    1630,
    "Dernier résultat : pas de réponse.",
    "Last result: no answer.",
  ],
  [
    "change",
    "FILTERED",
    820,
    "Les filtres de la campagne ne retiennent pas ce contact ; il est revu quand ses données ou les filtres changent.",
    "The campaign's filters keep this contact out; it is looked at again when its data or the filters change.",
  ],
  [
    "finished",
    "DNC_LISTED",
    1105,
    "Tous ses numéros sont en opposition dans les listes de la campagne ou de l’organisation.",
    "All its numbers are on DNC lists of the campaign or the organisation.",
  ],
  [
    "finished",
    "RESULT_PERSON",
    702,
    "Dernier résultat : une personne a répondu.",
    "Last result: a person answered.",
  ],
];
const FINDINGS = [
  [
    "NO_AGENT_AT_WORK",
    "stops",
    0,
    "agents",
    "Aucun agent de la file n’est au travail : demandez-leur de se connecter.",
    "No agent of the queue is at work: ask them to sign in.",
  ],
  [
    "OUTSIDE_HOURS",
    "slows",
    9840,
    "campaign",
    "Des contacts sont hors de leurs heures d’appel : attendez, ou élargissez les heures.",
    "Contacts are outside their callable hours: wait, or widen the hours.",
  ],
  [
    "RECALLS_WAIT",
    "note",
    1630,
    "campaign",
    "Des contacts attendent leur prochaine tentative : raccourcissez les délais de rappel, ou ajoutez des contacts.",
    "Contacts wait for their next attempt: shorten the recall delays, or add contacts.",
  ],
  [
    "ON_DNC_LISTS",
    "note",
    1105,
    "dnc",
    "Des contacts n’ont que des numéros en opposition : il faut d’autres contacts.",
    "Contacts have only numbers on DNC lists: other contacts are needed.",
  ],
];

export const diagnosisRoutes = [
  [
    "GET",
    "/campaigns/:id/diagnosis",
    ({ id, user }) => {
      const campaign = data.campaigns.find((one) => one.campaign_id === id);
      const said = (french, english) => (user.language === "fr" ? french : english);
      const contacts = BUCKETS.reduce((sum, bucket) => sum + bucket[2], 0);
      const next = data.ahead(95 * 60);
      return {
        campaign_id: id,
        contact_list_id: campaign.contact_list_id,
        at: data.iso(Date.now()),
        state: campaign.state,
        state_reason: campaign.state_reason,
        contacts,
        next_attempt_at: next,
        findings: FINDINGS.map(([code, severity, concerned, place, french, english]) => ({
          code,
          severity,
          message: said(french, english),
          contacts: concerned,
          share: concerned / contacts,
          place,
          until: code === "OUTSIDE_HOURS" ? next : null,
        })),
        buckets: BUCKETS.map(([group, code, count, french, english]) => ({
          group,
          code,
          message: said(french, english),
          contacts: count,
          next_attempt_at: group === "later" ? next : null,
        })),
        ahead: {
          looked_at: 50,
          kept_out: 32,
          reasons: [
            {
              code: "CONSENT_MISSING",
              message: said(
                "La loi choisie demande un consentement prouvé, et le registre n’en a pas.",
                "The preset demands a proven consent, and the ledger has none.",
              ),
              contacts: 21,
              next_attempt_at: null,
            },
            {
              code: "OUTSIDE_CALLABLE_TIME",
              message: said(
                "Il est hors des heures d’appel de la campagne, à l’heure du contact.",
                "It is outside the campaign's callable hours, in the contact's time.",
              ),
              contacts: 11,
              next_attempt_at: next,
            },
          ],
        },
        agents: { total: 8, at_work: 0, statuses: { paused: 1, signed_out: 7 } },
        lines: { total: 30, used: 7, used_here: 7, set_aside: 4, free: 19, wanted: 0 },
        pacing_reason: "",
      };
    },
  ],
];
