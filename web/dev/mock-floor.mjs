/** The stand-in for the floor: agents, the agent's commands, and a feed of events. */

import { randomUUID } from "node:crypto";
import * as data from "./mock-data.mjs";
import { move } from "./mock-pacing.mjs";
import { boardsFor } from "./mock-queue-board.mjs";
import { Refusal } from "./mock-refusal.mjs";

const now = () => new Date().toISOString();
const random = data.generator(99);

export class Floor {
  constructor(publish) {
    this.publish = publish;
    this.agents = new Map();
    this.attempts = new Map();
    this.campaigns = new Map(data.campaignLive.map((one) => [one.campaign_id, one]));
    for (const [index, live] of data.campaignLive.entries()) move(data.campaigns[index], live);
    this.cards = new Map();
    this.timers = new Map();
    this.wait(data.campaigns[0]);
    const statuses = ["on_call", "on_call", "ready", "after_call", "paused", "lost"];
    const members = data.users.filter((one) => one.role === "agent" && one.active);
    for (const [index, user] of members.entries()) {
      const agent = this.fresh(user);
      this.agents.set(user.user_id, agent);
      if (user.login === "afi") continue;
      this.enter(agent, statuses[index % statuses.length], 20 + Math.floor(random() * 600));
    }
  }

  fresh(user) {
    return {
      user_id: user.user_id,
      display_name: user.display_name,
      status: "signed_out",
      pause_reason_id: null,
      since: now(),
      leg: { kind: null, state: "none" },
      attempt: null,
      after_call_until: null,
      pause_after: false,
      preview_until: null,
      queue_ids: user.queue_ids,
      fetch_available: false,
    };
  }

  enter(agent, status, secondsAgo = 0) {
    agent.status = status;
    agent.since = new Date(Date.now() - secondsAgo * 1000).toISOString();
    agent.leg = { kind: "webrtc", state: "up" };
    agent.pause_reason_id = status === "paused" ? data.pauseReasons[0].pause_reason_id : null;
    if (status === "on_call" && !agent.attempt) {
      agent.attempt = this.attempt(agent, "connected", secondsAgo);
    }
    if (["ready", "paused", "lost"].includes(status)) agent.attempt = null;
  }

  attempt(agent, state, secondsAgo = 0, campaign = data.campaigns[0]) {
    const contact = data.contact(campaign.contact_list_id);
    const at = new Date(Date.now() - secondsAgo * 1000).toISOString();
    const attempt = {
      attempt_id: randomUUID(),
      campaign_id: campaign.campaign_id,
      campaign_name: campaign.name,
      contact_id: contact.contact_id,
      attempt_number: 3,
      number: contact.numbers[0].number,
      state,
      result: state === "connected" ? "person" : null,
      agent_user_id: agent.user_id,
      held: false,
      muted: false,
      consult: null,
      agent_lost: false,
      offered_at: null,
      dialling_at: state === "offered" ? null : at,
      ringing_at: null,
      answered_at: null,
      connected_at: state === "connected" ? at : null,
      closed_at: null,
    };
    this.attempts.set(attempt.attempt_id, attempt);
    this.cards.set(attempt.attempt_id, { contact, campaign });
    return attempt;
  }

  /** A person who has answered and whom nobody has taken; and calls that nobody is held for. */
  wait(campaign) {
    const nobody = { user_id: null };
    const waiting = this.attempt(nobody, "answered", 6, campaign);
    Object.assign(waiting, { answered_at: now(), result: "person", attempt_number: 1 });
    for (const seconds of [4, 9, 14]) this.attempt(nobody, "ringing", seconds, campaign);
  }

  card(attemptId) {
    const attempt = this.attempts.get(attemptId);
    const held = this.cards.get(attemptId);
    if (!attempt || !held) throw new Refusal(404, "NOT_FOUND", "Cet appel n’existe pas.");
    const { contact, campaign } = held;
    const { prenom, nom, forfait } = contact.data;
    return {
      attempt,
      contact,
      columns: data.columns,
      campaign: {
        campaign_id: campaign.campaign_id,
        name: campaign.name,
        mode: campaign.mode,
        script: campaign.script,
        preview_skip_allowed: campaign.preview_skip_allowed,
      },
      script_html:
        `<p>Bonjour <strong>${prenom} ${nom}</strong>, je suis Afi, du service fidélité.</p>` +
        `<p>Votre forfait <strong>${forfait}</strong> arrive à son terme le <strong>31 décembre</strong>. ` +
        "Avez-vous deux minutes pour voir ce qui change&nbsp;?</p>" +
        "<h3>S’il dit oui</h3><ul><li>Demander combien de Go il utilise par mois</li>" +
        "<li>Proposer <strong>Zen 5 Go</strong> (5&nbsp;000&nbsp;F) ou <strong>Maxi 20 Go</strong> (12&nbsp;000&nbsp;F)</li>" +
        "<li>Relire l’offre retenue avant de valider</li></ul>" +
        "<h3>S’il hésite</h3><p>Proposer un rappel, sans insister.</p>",
      history: data.historyOf(contact),
      wrap_up_codes: data.wrapUpCodes,
      callback: null,
    };
  }

  alert(user) {
    const agent = this.agents.get(user.user_id);
    if (agent?.status !== "alerting") throw new Refusal(404, "NOT_FOUND", "Personne n’appelle.");
    const { contact } = this.cards.get(agent.attempt.attempt_id);
    return {
      attempt_id: agent.attempt.attempt_id,
      contact_name: `${contact.data.prenom} ${contact.data.nom}`,
      number: agent.attempt.number,
      until: agent.alert_until,
      caller: {
        called_number: "+2290121300100",
        label: "Service client",
        language: "fr",
        arrived_at: agent.attempt.dialling_at,
        queue_id: null,
        queue_name: "Service client",
        queued_at: agent.attempt.dialling_at,
        waited_seconds: null,
        way: [],
        results: { motif: "facture" },
        outcome: "",
        routing: [],
      },
    };
  }

  say(agent, kind = "agent.status_changed") {
    this.publish(kind, "agent", agent);
    if (agent.attempt) this.publish("attempt.changed", "attempt", agent.attempt);
  }

  later(agent, ms, act) {
    clearTimeout(this.timers.get(agent.user_id));
    this.timers.set(agent.user_id, setTimeout(act, ms));
  }

  set(agent, status) {
    agent.status = status;
    agent.since = now();
    this.say(agent);
  }

  // What the agent's ready leads to: a call that rings, then is answered.
  dialFor(agent) {
    this.later(agent, 3500, () => {
      agent.attempt = this.attempt(agent, "dialling");
      this.set(agent, "reserved");
      this.later(agent, 2000, () => {
        agent.attempt.state = "ringing";
        agent.attempt.ringing_at = now();
        this.say(agent);
        this.later(agent, 3000, () => this.connect(agent));
      });
    });
  }

  connect(agent) {
    const attempt = agent.attempt;
    attempt.state = "connected";
    attempt.result = "person";
    attempt.answered_at = now();
    attempt.connected_at = now();
    agent.preview_until = null;
    this.set(agent, "on_call");
  }

  command(user, name, body) {
    let agent = this.agents.get(user.user_id);
    if (!agent) {
      agent = this.fresh(user);
      this.agents.set(user.user_id, agent);
    }
    const attempt = agent.attempt;
    switch (name) {
      case "sign-in":
        agent.leg = { kind: body.leg.kind, state: "none" };
        if (agent.status === "signed_out") this.set(agent, "connecting");
        if (body.leg.kind === "address") return this.command(user, "connect-leg", {});
        return {
          ...agent,
          sip: {
            uri: `sip:${user.login}@kwabo`,
            user: user.login,
            password: "mock",
            ws_path: "/sip",
          },
        };
      case "connect-leg":
        agent.leg.state = "calling";
        this.say(agent);
        this.later(agent, 900, () => {
          agent.leg.state = "up";
          if (agent.status === "connecting") this.set(agent, "paused");
          else this.say(agent);
        });
        return agent;
      case "ready":
        if (["on_call", "after_call", "reserved"].includes(agent.status)) agent.pause_after = false;
        else {
          agent.pause_reason_id = null;
          this.set(agent, "ready");
          this.dialFor(agent);
        }
        this.say(agent);
        return agent;
      case "pause":
        if (["on_call", "reserved", "previewing"].includes(agent.status)) {
          agent.pause_after = true;
          agent.pause_reason_id = body.pause_reason_id ?? null;
          this.say(agent);
          return agent;
        }
        agent.pause_reason_id = body.pause_reason_id ?? null;
        this.later(agent, 0, () => {});
        this.set(agent, "paused");
        return agent;
      case "sign-out":
        this.later(agent, 0, () => {});
        agent.leg = { kind: null, state: "none" };
        agent.attempt = null;
        this.set(agent, "signed_out");
        return agent;
      case "fetch":
        this.scenario(user, "preview");
        return agent;
      case "dial":
        attempt.state = "dialling";
        attempt.dialling_at = now();
        if (body.number) attempt.number = body.number;
        this.set(agent, "reserved");
        this.later(agent, 2500, () => this.connect(agent));
        return agent;
      case "skip":
        agent.attempt = null;
        agent.preview_until = null;
        this.set(agent, "ready");
        return agent;
      case "take":
        agent.alert_until = null;
        this.connect(agent);
        return agent;
      case "refuse":
        agent.attempt = null;
        agent.alert_until = null;
        this.set(agent, "ready");
        return agent;
      case "hang-up":
        attempt.state = "closed";
        attempt.closed_at = now();
        agent.after_call_until = data.ahead(90);
        this.set(agent, "after_call");
        return agent;
      case "hold":
      case "resume":
        attempt.held = name === "hold";
        this.say(agent);
        return agent;
      case "mute":
      case "unmute":
        attempt.muted = name === "mute";
        this.say(agent);
        return agent;
      case "digits":
        return agent;
      case "transfer":
        return this.command(user, "hang-up", {});
      case "consult":
        attempt.held = true;
        attempt.consult = {
          to_label:
            body.to.number ??
            data.users.find((u) => u.user_id === body.to.user_id)?.display_name ??
            "?",
          state: "calling",
        };
        this.say(agent);
        this.later(agent, 1800, () => {
          attempt.consult = { ...attempt.consult, state: "connected" };
          this.say(agent);
        });
        return agent;
      case "consult/complete":
        attempt.consult = null;
        return this.command(user, "hang-up", {});
      case "consult/cancel":
        attempt.consult = null;
        attempt.held = false;
        this.say(agent);
        return agent;
      case "wrap-up":
        agent.attempt = null;
        agent.after_call_until = null;
        if (body.next === "ready") {
          this.set(agent, "ready");
          this.dialFor(agent);
        } else {
          agent.pause_reason_id = null;
          this.set(agent, "paused");
        }
        return agent;
      default:
        throw new Refusal(404, "NOT_FOUND", "Cette commande n’existe pas.");
    }
  }

  /** Puts an agent straight into a state, for screenshots: POST /mock/scenario {name}. */
  scenario(user, name) {
    const agent = this.agents.get(user.user_id) ?? this.fresh(user);
    this.agents.set(user.user_id, agent);
    this.later(agent, 0, () => {});
    Object.assign(agent, this.fresh(user), { leg: { kind: "webrtc", state: "up" } });
    const connected = (secondsAgo) => {
      agent.attempt = this.attempt(agent, "connected", secondsAgo);
    };
    const set = (status, secondsAgo) => {
      agent.status = status;
      agent.since = new Date(Date.now() - secondsAgo * 1000).toISOString();
    };
    if (name === "signed_out") {
      agent.leg = { kind: null, state: "none" };
    } else if (name === "preview") {
      agent.attempt = this.attempt(agent, "offered", 0, data.campaigns[1]);
      agent.preview_until = data.ahead(45);
      set("previewing", 4);
    } else if (name === "alert") {
      agent.attempt = this.attempt(agent, "answered", 12);
      agent.alert_until = data.ahead(20);
      set("alerting", 4);
    } else if (name === "fetch") {
      agent.fetch_available = true;
      set("ready", 12);
    } else if (name === "after_call") {
      connected(214);
      agent.attempt.state = "closed";
      agent.attempt.closed_at = now();
      agent.after_call_until = data.ahead(72);
      set("after_call", 18);
    } else if (name === "dialling") {
      agent.attempt = this.attempt(agent, "ringing", 5);
      set("reserved", 5);
    } else if (name === "consult") {
      connected(141);
      agent.attempt.held = true;
      agent.attempt.consult = { to_label: "Awa Gbaguidi", state: "connected" };
      set("on_call", 141);
    } else if (name === "lost") {
      connected(95);
      agent.attempt.agent_lost = true;
      agent.leg.state = "none";
      set("lost", 6);
    } else if (name === "on_call") {
      connected(127);
      set("on_call", 127);
    } else {
      set(name, 63);
      if (name === "paused") agent.pause_reason_id = data.pauseReasons[1].pause_reason_id;
    }
    this.say(agent);
    return agent;
  }

  /** One step of everyone else's day. */
  tick(watched) {
    const others = [...this.agents.values()].filter((one) => !watched.has(one.user_id));
    const agent = others[Math.floor(random() * others.length)];
    const next = {
      ready: "reserved",
      reserved: "on_call",
      on_call: "after_call",
      after_call: "ready",
      paused: "ready",
      lost: "paused",
      signed_out: "signed_out",
    };
    const status = next[agent.status] ?? "ready";
    if (agent.attempt && status === "after_call") {
      Object.assign(agent.attempt, { state: "closed", closed_at: now() });
    }
    if (status === "ready") agent.attempt = null;
    if (status === "reserved") agent.attempt = this.attempt(agent, "ringing");
    if (status === "on_call" && agent.attempt) {
      Object.assign(agent.attempt, {
        state: "connected",
        connected_at: now(),
        answered_at: now(),
        result: "person",
      });
    }
    agent.status = status;
    agent.since = now();
    this.say(agent);
    const campaign = this.campaigns.get(data.campaigns[0].campaign_id);
    campaign.attempts += 1;
    const result = random() > 0.6 ? "person" : random() > 0.3 ? "no_answer" : "busy";
    campaign.results[result] += 1;
    if (result === "person") campaign.answered += 1;
    campaign.finished += random() > 0.4 ? 1 : 0;
    move(data.campaigns[0], campaign);
    this.publish("campaign.counted", "campaign", campaign);
  }

  snapshot(position, user, sees) {
    const own = this.agents.get(user.user_id);
    const agents = sees ? [...this.agents.values()] : own ? [own] : [];
    const attempts = [...this.attempts.values()].filter(
      (one) => sees || one.agent_user_id === user.user_id,
    );
    return {
      type: "snapshot",
      position,
      agents,
      campaigns: sees ? [...this.campaigns.values()] : [],
      attempts,
      queues: boardsFor(user, sees),
    };
  }
}
