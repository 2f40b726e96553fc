/** The mock server's routes for voicemail: some of each kind. */

import * as data from "./mock-data.mjs";

const KINDS = [
  [-4 * 60, "new", { text: "Bonjour, ici Awa. Je n’ai pas reçu ma facture, rappelez-moi." }],
  [-25 * 60, "new", { transcription: "failed" }],
  [-70 * 60, "new", { contact_name: "", number: "", text: "" }],
  [-3 * 3600, "heard", { owner: 0, callback_state: "open" }],
  [-5 * 3600, "heard", { recorded: false, text: "Merci de me rappeler avant 17 h." }],
  [-26 * 3600, "done", { owner: 1, note: "A payé en agence.", callback_state: "done" }],
];

const campaign = data.campaigns.find((one) => one.mode === "inbound") ?? data.campaigns[0];
const made = KINDS.map(([seconds, state, { owner, ...rest }], index) => {
  const contact = data.contacts[index];
  const user = data.users.filter((one) => one.role === "agent")[owner ?? 0];
  return {
    voicemail_id: contact.contact_id,
    attempt_id: contact.contact_id,
    campaign_id: campaign.campaign_id,
    campaign_name: campaign.name,
    contact_id: contact.contact_id,
    contact_name: Object.values(contact.data)[0] ?? "",
    queue_id: data.queues[0].queue_id,
    queue_name: data.queues[0].name,
    number: contact.numbers[0].number,
    seconds: 12 + index * 7,
    recorded: true,
    text: "",
    transcription: "waiting",
    language: "fr",
    state,
    owner_user_id: owner === undefined ? null : user.user_id,
    owner_name: owner === undefined ? null : user.display_name,
    mine: false,
    heard_at: state === "new" ? null : data.ago(-seconds - 300),
    heard_by_name: state === "new" ? null : user.display_name,
    done_at: state === "done" ? data.ago(-seconds - 600) : null,
    done_by_name: state === "done" ? user.display_name : null,
    note: "",
    callback_id: null,
    callback_state: null,
    created_at: data.ago(-seconds),
    ...rest,
  };
});

const found = (id) => made.find((one) => one.voicemail_id === id);

export const voicemailRoutes = (page) => [
  [
    "GET",
    "/voicemails",
    ({ query }) => ({
      ...page(
        made.filter((one) => {
          const state = query.get("state");
          return !state || (state === "undone" ? one.state !== "done" : one.state === state);
        }),
        query,
      ),
      total: null,
    }),
  ],
  [
    "GET",
    "/voicemails/counts",
    () => ({
      new: made.filter((one) => one.state === "new").length,
      undone: made.filter((one) => one.state !== "done").length,
      mine: made.filter((one) => one.mine && one.state !== "done").length,
    }),
  ],
  [
    "POST",
    "/voicemails/:id/done",
    ({ id, body, user }) =>
      Object.assign(found(id), {
        state: "done",
        note: body.note,
        done_at: data.ago(0),
        done_by_name: user.display_name,
      }),
  ],
];
