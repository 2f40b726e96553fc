/**
 * The agent's desktop of this browser: signs in, keeps the softphone and the heartbeat, and gives
 * way when another tab or computer takes over. Lives outside of the pages, so that a conversation
 * goes on while its agent looks at another page.
 */

import { api } from "@/api/client";
import type { AgentState, LegChoice, SignedIn } from "@/api/types";
import { type LiveStore, live } from "@/live/store";
import { OFF } from "./softphone/machine";
import { Microphone, type MicrophoneView } from "./softphone/microphone";
import type { Softphone, SoftphoneView } from "./softphone/port";

export type DeskMode =
  /** Not signed in here. */
  | "idle"
  | "starting"
  | "on"
  /** Another tab or computer has it. */
  | "taken";

export interface DeskView {
  mode: DeskMode;
  leg: LegChoice;
  phone: SoftphoneView;
  microphone: MicrophoneView;
  /** Why it could not start. */
  error: unknown;
}

export interface DeskParts {
  live: LiveStore;
  microphone: Microphone;
  /** Loaded when it is first needed. */
  makeSoftphone: (microphone: Microphone) => Promise<Softphone>;
  post: <T>(path: string, body: unknown) => Promise<T>;
}

const NO_PHONE: SoftphoneView = { ...OFF, measured: null, soundBlocked: false };
const KEPT = "kwabo-desk";
const CHANNEL = "kwabo-desk";
/** How long a microphone or a leg may be away before something is done about it. */
const GRACE_MS = 3000;
const BUSY: AgentState["status"][] = ["reserved", "alerting", "on_call", "after_call", "lost"];

/** Who has, or may have a caller in a moment. */
const GIVEN_CALLS: AgentState["status"][] = ["ready", "reserved", "alerting", "on_call"];

export class Desk {
  private readonly parts: DeskParts;
  private readonly listeners = new Set<() => void>();
  private readonly channel = new BroadcastChannel(CHANNEL);
  private phone: Softphone | null = null;
  private view: DeskView;
  private userId = "";
  private lastStatus: AgentState["status"] | null = null;
  private legTimer: ReturnType<typeof setTimeout> | undefined;
  private microphoneTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: DeskParts) {
    this.parts = parts;
    this.view = {
      mode: "idle",
      leg: { kind: "webrtc" },
      phone: NO_PHONE,
      microphone: parts.microphone.getView(),
      error: null,
    };
    parts.microphone.subscribe(() => {
      this.set({ microphone: parts.microphone.getView() });
      this.watchMicrophone();
    });
    parts.live.subscribe(() => this.followAgent());
    this.channel.onmessage = ({ data }: MessageEvent<{ claimed: string }>) => {
      if (data.claimed === this.userId) this.giveWay();
    };
    window.addEventListener("beforeunload", (event) => {
      const status = this.agent?.status;
      if (this.view.mode === "on" && status && BUSY.includes(status)) event.preventDefault();
    });
  }

  getView = (): DeskView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get microphone(): Microphone {
    return this.parts.microphone;
  }

  /** The leg of this tab before it was loaded again; null when this tab had no desktop. */
  keptLeg(): LegChoice | null {
    const kept = sessionStorage.getItem(KEPT);
    return kept === null ? null : (JSON.parse(kept) as LegChoice);
  }

  async start(userId: string, leg: LegChoice): Promise<void> {
    if (this.view.mode === "starting") return;
    this.userId = userId;
    this.set({ mode: "starting", leg, error: null });
    try {
      await this.signIn(leg);
      sessionStorage.setItem(KEPT, JSON.stringify(leg));
      this.lastStatus = null;
      this.set({ mode: "on" });
      this.channel.postMessage({ claimed: userId });
      this.parts.live.setDesktop(true);
    } catch (error) {
      this.set({ mode: "idle", error });
    }
  }

  private async signIn(leg: LegChoice): Promise<void> {
    if (leg.kind === "address") {
      await this.command("sign-in", { leg });
      await this.command("connect-leg", {});
      return;
    }
    const { microphone } = this.parts;
    if (microphone.getView().status !== "open") await microphone.open();
    this.phone ??= await this.makePhone();
    const signedIn = (await this.command("sign-in", { leg })) as SignedIn;
    if (!signedIn.sip) throw new Error("no credentials for the softphone");
    this.phone.start(signedIn.sip, async () => {
      await this.command("connect-leg", {});
    });
  }

  private async makePhone(): Promise<Softphone> {
    const phone = await this.parts.makeSoftphone(this.parts.microphone);
    phone.subscribe(() => {
      this.set({ phone: phone.getView() });
      if (this.view.mode === "on" && phone.getView().cause === "replaced") this.giveWay();
    });
    return phone;
  }

  async signOut(): Promise<void> {
    await this.command("sign-out", {});
    this.leave("idle");
  }

  /** "Reconnect": everything that is not up is tried now. */
  async reconnect(): Promise<void> {
    this.parts.live.retryNow();
    if (this.view.microphone.status !== "open") void this.parts.microphone.open(null);
    if (this.view.leg.kind === "address") await this.command("connect-leg", {});
    else this.phone?.retry();
  }

  allowSound(): void {
    this.phone?.allowSound();
  }

  /** A command of docs/developers/http-api.md, "The agent's desktop"; the answer goes on screen. */
  async command(name: string, body: unknown): Promise<AgentState> {
    const { live: store, post } = this.parts;
    const revision = store.agentRevision(this.userId);
    const agent = await post<AgentState>(`/agent/${name}`, body);
    store.putAgent(agent, revision);
    return agent;
  }

  /** The microphone is silent at once; the floor's answer comes later. */
  async setMuted(attemptId: string, muted: boolean): Promise<void> {
    this.phone?.setMuted(muted);
    try {
      await this.command(muted ? "mute" : "unmute", { attempt_id: attemptId });
    } catch (error) {
      this.phone?.setMuted(!muted);
      throw error;
    }
  }

  private get agent(): AgentState | undefined {
    return this.parts.live.getView().agents[this.userId];
  }

  private set(change: Partial<DeskView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  private leave(mode: "idle" | "taken"): void {
    clearTimeout(this.legTimer);
    clearTimeout(this.microphoneTimer);
    sessionStorage.removeItem(KEPT);
    this.parts.live.setDesktop(false);
    this.set({ mode });
    if (mode === "taken") this.phone?.replaced();
    else this.phone?.stop();
    this.parts.microphone.close();
  }

  private giveWay(): void {
    if (this.view.mode === "on" || this.view.mode === "starting") this.leave("taken");
  }

  /** What the floor says of this agent, beside what this side has. */
  private followAgent(): void {
    const agent = this.agent;
    if (this.view.mode !== "on" || agent === undefined) return;
    const before = this.lastStatus;
    this.lastStatus = agent.status;
    if (agent.status === "signed_out" && before !== null && before !== "signed_out") {
      this.leave("idle");
      return;
    }
    this.phone?.setMuted(agent.attempt?.muted ?? false);
    const legMissing = agent.leg.state === "none" && this.phone?.getView().leg === "up";
    if (!legMissing) {
      clearTimeout(this.legTimer);
      this.legTimer = undefined;
    } else if (this.legTimer === undefined) {
      this.legTimer = setTimeout(() => {
        this.legTimer = undefined;
        this.phone?.legUnknown();
      }, GRACE_MS);
    }
  }

  /** Without a microphone nobody is called: the agent is paused, after the call if there is one. */
  private watchMicrophone(): void {
    clearTimeout(this.microphoneTimer);
    const { mode, leg, microphone } = this.view;
    if (mode !== "on" || leg.kind !== "webrtc" || microphone.status === "open") return;
    this.microphoneTimer = setTimeout(() => {
      const status = this.agent?.status;
      if (status !== undefined && GIVEN_CALLS.includes(status)) {
        void this.command("pause", { pause_reason_id: null }).catch(() => {});
      }
    }, GRACE_MS);
  }
}

export const desk = new Desk({
  live,
  microphone: new Microphone(),
  makeSoftphone: async (microphone) => {
    const { SipSoftphone } = await import("./softphone/sip-softphone");
    return new SipSoftphone(microphone);
  },
  post: (path, body) => api.post(path, body),
});
