/**
 * What the desktop needs of a telephone: register, answer the leg that Kwabo calls, keep it up. The
 * conversation itself (hold, keys, transfer) is the floor's, by the HTTP API.
 */

import type { SipCredentials } from "@/api/types";
import type { PhoneState } from "./machine";
import type { Measured } from "./quality";

export interface SoftphoneView extends PhoneState {
  /** Of the leg's audio while it is up. */
  measured: Measured | null;
  /** The browser plays sound only after a click on the page. */
  soundBlocked: boolean;
}

export interface Softphone {
  /** Registers and keeps the leg up until `stop`. `askForLeg` has the floor call it. */
  start(credentials: SipCredentials, askForLeg: () => Promise<void>): void;
  stop(): void;
  /** Another tab or computer took over. */
  replaced(): void;
  /** Now, not after the wait. */
  retry(): void;
  /** The server says that there is no leg, though this side has one. */
  legUnknown(): void;
  /** Silences the microphone at once, before the floor has heard of it. */
  setMuted(muted: boolean): void;
  /** From a click: plays what the browser held back. */
  allowSound(): void;
  getView(): SoftphoneView;
  subscribe(listener: () => void): () => void;
}
