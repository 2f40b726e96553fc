/** `Softphone` without a network: the test plays the switch with `happens`. */

import type { SipCredentials } from "@/api/types";
import { OFF, type PhoneEvent, step } from "./machine";
import type { Softphone, SoftphoneView } from "./port";

export class FakeSoftphone implements Softphone {
  private view: SoftphoneView = { ...OFF, measured: null, soundBlocked: false };
  private readonly listeners = new Set<() => void>();
  private askForLeg: () => Promise<void> = async () => {};
  credentials: SipCredentials | null = null;
  muted = false;

  /** What the switch, the network or the clock does. */
  happens(event: PhoneEvent): void {
    const [state, effects] = step(this.view, event);
    this.set(state);
    for (const effect of effects) if (effect.do === "ask_for_leg") void this.askForLeg();
  }

  set(change: Partial<SoftphoneView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  start(credentials: SipCredentials, askForLeg: () => Promise<void>): void {
    this.credentials = credentials;
    this.askForLeg = askForLeg;
    this.happens({ type: "started" });
  }

  stop = () => this.happens({ type: "stopped" });
  replaced = () => this.happens({ type: "replaced" });
  retry = () => this.happens({ type: "retry" });
  legUnknown = () => this.happens({ type: "leg_unknown" });
  allowSound = () => this.set({ soundBlocked: false });

  setMuted(muted: boolean): void {
    this.muted = muted;
  }

  getView = (): SoftphoneView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
