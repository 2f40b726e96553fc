/** The mock server's routes for callbacks: some of each kind. */

import * as data from "./mock-data.mjs";

const MINUTE = 60;
const at = (seconds) => data.ahead(seconds);

/** Seconds until due, state, owner (null: anyone's), and what else differs. */
const KINDS = [
  [-95 * MINUTE, "due", 0, {}],
  [-6 * MINUTE, "due", 1, { note: "Après 17 h, parler à Madame." }],
  [15 * MINUTE, "open", 0, {}],
  [90 * MINUTE, "open", null, { note: "Veut le prix de la fibre." }],
  [
    25 * 60 * MINUTE,
    "open",
    0,
    {
      first_due_at: at(12 * 60 * MINUTE),
      reason: "OUTSIDE_CALLABLE_TIME",
      reason_message: "Il est hors des heures d’appel de la campagne, à l’heure du contact.",
    },
  ],
  [-26 * 60 * MINUTE, "missed", 0, { reason_message: "Son agent n’est pas venu à temps." }],
  [-50 * 60 * MINUTE, "cancelled", 1, { reason_message: "a payé en agence" }],
];

const made = KINDS.map(([seconds, state, owner, rest], index) => {
  const contact = data.contacts[index];
  const user = owner === null ? null : data.users.filter((one) => one.role === "agent")[owner];
  return {
    callback_id: contact.contact_id,
    campaign_id: data.campaigns[0].campaign_id,
    campaign_name: data.campaigns[0].name,
    contact_id: contact.contact_id,
    contact_name: Object.values(contact.data)[0] ?? "",
    time_zone: "Africa/Porto-Novo",
    number: contact.numbers[0].number,
    due_at: at(seconds),
    first_due_at: null,
    latest_at: at(seconds + 168 * 3600),
    takeover_at: user && at(seconds + 15 * MINUTE),
    free_at: at(seconds + 15 * MINUTE),
    remind_at: at(seconds - 5 * MINUTE),
    note: "",
    owner_user_id: user?.user_id ?? null,
    owner_name: user?.display_name ?? null,
    state,
    reason: "",
    reason_message: "",
    changed_at: null,
    changed_by_name: null,
    created_at: at(-86400),
    mine: false,
    ...rest,
  };
});

const VIEWS = {
  waiting: ["open", "due"],
  due: ["due"],
  missed: ["missed", "expired"],
  done: ["done"],
  cancelled: ["cancelled"],
};

export const callbackRoutes = (page) => [
  [
    "GET",
    "/callbacks",
    ({ query }) => ({
      ...page(
        made.filter((one) => VIEWS[query.get("view") ?? "waiting"].includes(one.state)),
        query,
      ),
      total: null,
    }),
  ],
  ["GET", "/callbacks/counts", () => ({ waiting: 5, due: 2, overdue: 1, missed: 1 })],
  [
    "GET",
    "/agent/callbacks",
    ({ query, user }) =>
      page(
        made
          .filter((one) => ["open", "due", "missed"].includes(one.state))
          .filter((one) => one.owner_user_id === null || one.owner_user_id === user.user_id)
          .map((one) => ({ ...one, mine: one.owner_user_id === user.user_id })),
        query,
      ),
  ],
  [
    "GET",
    "/agent/callback-check",
    ({ query }) => {
      const hour = Number((query.get("due_at") ?? "").slice(11, 13)) + 1;
      const allowed = hour >= 8 && hour < 20;
      return {
        allowed,
        code: allowed ? "CALLABLE" : "OUTSIDE_CALLABLE_TIME",
        message: allowed ? "" : "Il est hors des heures d’appel de la campagne.",
        next_at: `${new Date(Date.parse(query.get("due_at")) + 86400000).toISOString().slice(0, 10)}T07:00:00.000Z`,
      };
    },
  ],
];
