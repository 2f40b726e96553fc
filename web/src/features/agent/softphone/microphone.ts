/**
 * The agent's microphone: asks for it, notices when it vanishes, and takes another one when it can.
 */

export type MicrophoneStatus =
  | "closed"
  | "asking"
  | "open"
  /** It was open and vanished: pulled out, or taken away by the system. */
  | "lost"
  | "denied"
  | "missing"
  | "busy"
  /** Browsers give microphones only to https and localhost. */
  | "insecure";

export interface MicrophoneView {
  status: MicrophoneStatus;
  stream: MediaStream | null;
  deviceId: string | null;
  devices: { deviceId: string; label: string }[];
}

const KEPT_DEVICE = "kwabo-microphone";

function statusOf(error: unknown): MicrophoneStatus {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}

export class Microphone {
  private view: MicrophoneView = { status: "closed", stream: null, deviceId: null, devices: [] };
  private readonly listeners = new Set<() => void>();
  private wanted = false;

  getView = (): MicrophoneView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Asks the person where that is needed. Never throws: the status says what happened. */
  async open(deviceId: string | null = localStorage.getItem(KEPT_DEVICE)): Promise<void> {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!window.isSecureContext || media === undefined) {
      this.set({ status: "insecure" });
      return;
    }
    if (!this.wanted) media.addEventListener("devicechange", this.onDeviceChange);
    this.wanted = true;
    if (this.view.status !== "lost") this.set({ status: "asking" });
    try {
      this.take(await media.getUserMedia({ audio: this.constraints(deviceId), video: false }));
    } catch (error) {
      if (deviceId !== null && statusOf(error) === "missing") {
        localStorage.removeItem(KEPT_DEVICE);
        await this.open(null);
        return;
      }
      // While it is lost, "lost" is the better word than "missing".
      const status = statusOf(error);
      if (!(this.view.status === "lost" && status === "missing")) this.set({ status });
    }
    await this.list();
  }

  async choose(deviceId: string): Promise<void> {
    localStorage.setItem(KEPT_DEVICE, deviceId);
    await this.open(deviceId);
  }

  close(): void {
    this.wanted = false;
    navigator.mediaDevices?.removeEventListener("devicechange", this.onDeviceChange);
    this.letGo();
    this.set({ status: "closed", stream: null, deviceId: null });
  }

  private constraints(deviceId: string | null): MediaTrackConstraints {
    return {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
    };
  }

  private set(change: Partial<MicrophoneView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  private take(stream: MediaStream): void {
    if (!this.wanted) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.letGo();
    const track = stream.getAudioTracks()[0];
    track?.addEventListener("ended", () => {
      if (this.view.stream === stream) this.lose();
    });
    this.set({ status: "open", stream, deviceId: track?.getSettings().deviceId ?? null });
  }

  private letGo(): void {
    for (const track of this.view.stream?.getTracks() ?? []) track.stop();
  }

  private lose(): void {
    this.set({ status: "lost", stream: null, deviceId: null });
    void this.open(null);
  }

  private async list(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const devices = all
      .filter((device) => device.kind === "audioinput" && device.deviceId !== "")
      .map(({ deviceId, label }) => ({ deviceId, label }));
    this.set({ devices });
  }

  private readonly onDeviceChange = (): void => {
    const { status } = this.view;
    if (status === "lost" || status === "missing" || status === "busy") void this.open(null);
    else void this.list();
  };
}
