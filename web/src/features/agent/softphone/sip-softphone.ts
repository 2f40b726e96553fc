/** `Softphone` on SIP.js: SIP over WebSocket to Kwabo's own origin, audio by WebRTC. */

import { type Invitation, Registerer, RegistererState, SessionState, UserAgent, Web } from "sip.js";
import type { SipCredentials } from "@/api/types";
import { OFF, type PhoneEffect, type PhoneEvent, step } from "./machine";
import type { Microphone } from "./microphone";
import type { Softphone, SoftphoneView } from "./port";
import { measure, type Sample, sampleOf } from "./quality";

const MEASURE_MS = 4000;
/** The registration is renewed in this time, so a dead connection is noticed at the latest then. */
const EXPIRES_SECONDS = 120;
const KEEP_ALIVE_SECONDS = 25;

export class SipSoftphone implements Softphone {
  private view: SoftphoneView = { ...OFF, measured: null, soundBlocked: false };
  private readonly listeners = new Set<() => void>();
  private readonly microphone: Microphone;
  private readonly audio = new Audio();
  private credentials: SipCredentials | null = null;
  private askForLeg: () => Promise<void> = async () => {};
  private agent: UserAgent | null = null;
  private registerer: Registerer | null = null;
  private offered: Invitation | null = null;
  private leg: Invitation | null = null;
  private waitTimer: ReturnType<typeof setTimeout> | undefined;
  private measureTimer: ReturnType<typeof setInterval> | undefined;
  private lastSample: Sample | null = null;
  private muted = false;

  constructor(microphone: Microphone) {
    this.microphone = microphone;
    this.audio.autoplay = true;
  }

  getView = (): SoftphoneView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(credentials: SipCredentials, askForLeg: () => Promise<void>): void {
    if (this.view.wanted) this.stop();
    this.credentials = credentials;
    this.askForLeg = askForLeg;
    this.unfollow();
    window.addEventListener("online", this.retryNow);
    this.stopFollowing = this.microphone.subscribe(() => this.followMicrophone());
    this.dispatch({ type: "started" });
  }

  stop(): void {
    this.dispatch({ type: "stopped" });
    this.unfollow();
  }

  replaced(): void {
    this.dispatch({ type: "replaced" });
    this.unfollow();
  }

  retry(): void {
    this.dispatch({ type: "retry" });
  }

  legUnknown(): void {
    this.dispatch({ type: "leg_unknown" });
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const sender of this.connectionOf(this.leg)?.getSenders() ?? []) {
      if (sender.track) sender.track.enabled = !muted;
    }
  }

  allowSound(): void {
    void this.playSound();
  }

  private stopFollowing: () => void = () => {};
  private readonly retryNow = () => this.dispatch({ type: "retry" });

  private unfollow(): void {
    window.removeEventListener("online", this.retryNow);
    this.stopFollowing();
    this.stopFollowing = () => {};
  }

  private set(change: Partial<SoftphoneView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  private dispatch(event: PhoneEvent): void {
    const [state, effects] = step(this.view, event);
    this.set(state);
    for (const effect of effects) this.perform(effect);
  }

  private perform(effect: PhoneEffect): void {
    switch (effect.do) {
      case "connect":
        void this.connect();
        return;
      case "disconnect":
        void this.disconnect();
        return;
      case "register":
        void this.register();
        return;
      case "ask_for_leg":
        // When this fails too, the wait that comes with it asks again.
        void this.askForLeg().catch(() => {});
        return;
      case "answer":
        void this.answer();
        return;
      case "end_leg":
        void this.endLeg();
        return;
      case "wait":
        clearTimeout(this.waitTimer);
        this.waitTimer = setTimeout(
          () => this.dispatch({ type: "waited" }),
          effect.ms * (0.8 + Math.random() * 0.4),
        );
        return;
      case "stop_waiting":
        clearTimeout(this.waitTimer);
        return;
    }
  }

  private async connect(): Promise<void> {
    const agent = this.agent ?? this.makeAgent();
    this.agent = agent;
    try {
      if (agent.isConnected()) this.dispatch({ type: "transport_up" });
      else if (agent.state === "Started") await agent.reconnect();
      else await agent.start();
    } catch {
      if (agent === this.agent) this.dispatch({ type: "transport_down" });
    }
  }

  private makeAgent(): UserAgent {
    const credentials = this.credentials;
    if (credentials === null) throw new Error("start() gives the credentials");
    const uri = UserAgent.makeURI(credentials.uri);
    if (uri === undefined) throw new Error(`not a SIP URI: ${credentials.uri}`);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const agent: UserAgent = new UserAgent({
      uri,
      authorizationUsername: credentials.user,
      authorizationPassword: credentials.password,
      transportOptions: {
        server: `${scheme}://${location.host}${credentials.ws_path}`,
        connectionTimeout: 8,
        keepAliveInterval: KEEP_ALIVE_SECONDS,
        traceSip: false,
      },
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(() =>
        this.localStream(),
      ),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: 1500,
        peerConnectionConfiguration: { iceServers: [] },
      },
      logBuiltinEnabled: false,
      userAgentString: "Kwabo",
      delegate: {
        onConnect: () => {
          if (agent === this.agent) this.dispatch({ type: "transport_up" });
        },
        onDisconnect: () => {
          if (agent === this.agent) this.dispatch({ type: "transport_down" });
        },
        onInvite: (invitation) => {
          this.offered = invitation;
          this.dispatch({ type: "leg_offered" });
        },
      },
    });
    return agent;
  }

  private async register(): Promise<void> {
    const agent = this.agent;
    if (agent === null) return;
    await this.registerer?.dispose().catch(() => {});
    const registerer = new Registerer(agent, { expires: EXPIRES_SECONDS });
    this.registerer = registerer;
    registerer.stateChange.addListener((state) => {
      if (registerer !== this.registerer) return;
      if (state === RegistererState.Registered) this.dispatch({ type: "registered" });
      if (state === RegistererState.Unregistered && this.view.registered) {
        this.dispatch({ type: "registration_lost" });
      }
    });
    try {
      await registerer.register({
        requestDelegate: {
          onReject: (response) => {
            if (registerer !== this.registerer) return;
            const status = response.message.statusCode ?? 0;
            this.dispatch({ type: "registration_refused", status });
          },
        },
      });
    } catch {
      if (registerer === this.registerer) {
        this.dispatch({ type: "registration_refused", status: 0 });
      }
    }
  }

  private async disconnect(): Promise<void> {
    const agent = this.agent;
    this.agent = null;
    this.registerer = null;
    this.set({ measured: null });
    await agent?.stop().catch(() => {});
  }

  private async answer(): Promise<void> {
    const invitation = this.offered;
    if (invitation === null) return;
    this.leg = invitation;
    invitation.stateChange.addListener((state) => {
      if (invitation !== this.leg) return;
      if (state === SessionState.Established) this.legUp(invitation);
      if (state === SessionState.Terminated) {
        this.legGone();
        this.dispatch({ type: "leg_ended" });
      }
    });
    try {
      await invitation.accept({
        sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } },
      });
    } catch {
      if (invitation === this.leg) this.dispatch({ type: "media_failed" });
    }
  }

  private async endLeg(): Promise<void> {
    const leg = this.leg;
    this.leg = null;
    this.legGone();
    if (leg === null) return;
    try {
      if (leg.state === SessionState.Established) await leg.bye();
      else if (leg.state === SessionState.Initial) await leg.reject();
      else leg.dispose().catch(() => {});
    } catch {
      // The connection is gone; the switch ends its side when the audio stops.
    }
  }

  private connectionOf(leg: Invitation | null): RTCPeerConnection | undefined {
    const handler = leg?.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined;
    return handler?.peerConnection;
  }

  private legUp(leg: Invitation): void {
    const connection = this.connectionOf(leg);
    const handler = leg.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined;
    connection?.addEventListener("connectionstatechange", () => {
      if (leg === this.leg && connection.connectionState === "failed") {
        this.dispatch({ type: "media_failed" });
      }
    });
    this.audio.srcObject = handler?.remoteMediaStream ?? null;
    this.setMuted(this.muted);
    void this.playSound();
    clearInterval(this.measureTimer);
    this.measureTimer = setInterval(() => void this.measureLeg(), MEASURE_MS);
    this.dispatch({ type: "leg_up" });
  }

  private legGone(): void {
    clearInterval(this.measureTimer);
    this.lastSample = null;
    this.audio.srcObject = null;
    this.set({ measured: null });
  }

  private async playSound(): Promise<void> {
    try {
      await this.audio.play();
      if (this.view.soundBlocked) this.set({ soundBlocked: false });
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotAllowedError") {
        this.set({ soundBlocked: true });
      }
    }
  }

  private async measureLeg(): Promise<void> {
    const report = await this.connectionOf(this.leg)?.getStats();
    if (report === undefined) return;
    const sample = sampleOf(report as unknown as Map<string, unknown>);
    this.set({ measured: measure(this.lastSample, sample) });
    this.lastSample = sample;
  }

  /** SIP.js stops the tracks it is given when a leg ends, so it gets its own copy. */
  private async localStream(): Promise<MediaStream> {
    const track = this.microphone.getView().stream?.getAudioTracks()[0];
    return new MediaStream(track ? [track.clone()] : []);
  }

  /** Another microphone: its sound goes into the leg that is up. */
  private followMicrophone(): void {
    const { stream } = this.microphone.getView();
    const track = stream?.getAudioTracks()[0];
    if (track === undefined) return;
    const copy = track.clone();
    copy.enabled = !this.muted;
    for (const sender of this.connectionOf(this.leg)?.getSenders() ?? []) {
      if (
        sender.track?.kind === "audio" &&
        sender.track.label === track.label &&
        sender.track.readyState === "live"
      ) {
        copy.stop();
        return;
      }
      void sender.replaceTrack(copy);
    }
  }
}
