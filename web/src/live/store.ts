/**
 * Keeps the live picture: one WebSocket, a snapshot, then events. Reconnects by itself with growing
 * waits and asks for a new snapshot when an event is missing. Answers the server's pings; the
 * answer says whether this tab holds the agent's desktop (that is the agent's heartbeat).
 */

import type { AgentState, LiveMessage } from "@/api/types";
import { observeServerTime, serverNow } from "@/formats/clock";
import { apply, EMPTY, fromSnapshot, type LiveState, moveTo, withoutClosed } from "./state";

export type Connection = "off" | "connecting" | "live" | "waiting";

export interface LiveView extends LiveState {
  connection: Connection;
  /** Local milliseconds of the last message. */
  heardAtMs: number;
}

const RETRY_MS = [500, 1000, 2000, 4000, 8000, 15000];
/** Pings come each 5 s; three missed ones mean a dead connection that TCP has not noticed. */
const SILENCE_MS = 16000;
const CHECK_MS = 2000;

export class LiveStore {
  private view: LiveView = { ...EMPTY, connection: "off", heardAtMs: 0 };
  private readonly listeners = new Set<() => void>();
  private socket: WebSocket | null = null;
  private retries = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private checkTimer: ReturnType<typeof setInterval> | undefined;
  private desktop = false;
  private snapshots = 0;
  private readonly agentEvents = new Map<string, number>();
  private readonly url: () => string;

  constructor(url: () => string) {
    this.url = url;
  }

  start(): void {
    if (this.checkTimer !== undefined) return;
    this.checkTimer = setInterval(() => this.check(), CHECK_MS);
    window.addEventListener("online", this.retryNow);
    document.addEventListener("visibilitychange", this.retryNow);
    this.connect();
  }

  stop(): void {
    clearInterval(this.checkTimer);
    clearTimeout(this.retryTimer);
    this.checkTimer = undefined;
    window.removeEventListener("online", this.retryNow);
    document.removeEventListener("visibilitychange", this.retryNow);
    this.drop();
    this.set({ ...EMPTY, connection: "off", heardAtMs: 0 });
  }

  /** Whether this tab holds the agent's desktop. */
  setDesktop(desktop: boolean): void {
    if (this.desktop === desktop) return;
    this.desktop = desktop;
    this.sendPong();
  }

  /** Changes with each word of the server about the agent; a caller compares it around a command. */
  agentRevision(userId: string): number {
    return this.snapshots * 1e9 + (this.agentEvents.get(userId) ?? 0);
  }

  /**
   * Puts in the answer of a command, unless the agent has changed since `revision`: the event that
   * said so is then as new as the answer, or newer. False when the picture knows nothing of the
   * agent after that: a snapshot came meanwhile that leaves out who is signed out.
   */
  putAgent(agent: AgentState, revision: number): boolean {
    const { user_id } = agent;
    if (revision !== this.agentRevision(user_id)) return this.view.agents[user_id] !== undefined;
    this.set({ ...this.view, agents: { ...this.view.agents, [user_id]: agent } });
    return true;
  }

  getView = (): LiveView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly retryNow = (): void => {
    if (this.socket !== null || this.checkTimer === undefined || document.hidden) return;
    clearTimeout(this.retryTimer);
    this.connect();
  };

  private set(view: LiveView): void {
    this.view = view;
    for (const listener of this.listeners) listener();
  }

  private connect(): void {
    this.drop();
    this.set({ ...this.view, connection: "connecting" });
    const socket = new WebSocket(this.url());
    this.socket = socket;
    this.view = { ...this.view, heardAtMs: Date.now() };
    socket.onmessage = (message) => {
      if (socket === this.socket) this.receive(JSON.parse(String(message.data)) as LiveMessage);
    };
    socket.onclose = () => {
      if (socket === this.socket) this.again();
    };
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  private again(): void {
    this.drop();
    const wait = RETRY_MS[Math.min(this.retries, RETRY_MS.length - 1)] ?? 15000;
    this.retries += 1;
    this.set({ ...this.view, connection: "waiting" });
    // Spread, so that a hundred desktops do not come back in the same instant.
    this.retryTimer = setTimeout(() => this.connect(), wait * (0.75 + Math.random() * 0.5));
  }

  private check(): void {
    const pruned = withoutClosed(this.view, serverNow());
    if (pruned !== this.view) this.set({ ...this.view, attempts: pruned.attempts });
    if (this.socket !== null && Date.now() - this.view.heardAtMs > SILENCE_MS) this.again();
  }

  private receive(message: LiveMessage): void {
    const heardAtMs = Date.now();
    switch (message.type) {
      case "snapshot":
        this.retries = 0;
        this.snapshots += 1;
        this.set({ ...fromSnapshot(message), connection: "live", heardAtMs });
        this.sendPong();
        return;
      case "event": {
        observeServerTime(message.at, heardAtMs);
        const next = apply(this.view, message);
        if (next === "gap") {
          this.connect();
          return;
        }
        if (message.entity === "agent") {
          const { user_id } = message.data;
          this.agentEvents.set(user_id, (this.agentEvents.get(user_id) ?? 0) + 1);
        }
        this.set({ ...next, connection: "live", heardAtMs });
        return;
      }
      case "position":
        this.set({ ...moveTo(this.view, message.position), connection: "live", heardAtMs });
        return;
      case "ping":
        this.view = { ...this.view, heardAtMs };
        this.sendPong();
        return;
    }
  }

  private sendPong(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify({ type: "pong", desktop: this.desktop }));
  }
}

export const live = new LiveStore(
  () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/live`,
);
