// @vitest-environment jsdom

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Microphone } from "./microphone";

class FakeTrack extends EventTarget {
  stopped = false;
  readonly deviceId: string;
  constructor(deviceId: string) {
    super();
    this.deviceId = deviceId;
  }
  getSettings = () => ({ deviceId: this.deviceId });
  stop = () => {
    this.stopped = true;
  };
}

/** The system's microphones, as a browser shows them. */
class FakeDevices extends EventTarget {
  plugged = ["headset", "built-in"];
  refusal: string | null = null;
  tracks: FakeTrack[] = [];

  getUserMedia = async ({ audio }: { audio: { deviceId?: { exact: string } } }) => {
    if (this.refusal !== null) throw new DOMException("no", this.refusal);
    const wanted = audio.deviceId?.exact;
    const found = wanted === undefined ? this.plugged[0] : this.plugged.find((id) => id === wanted);
    if (found === undefined) {
      throw new DOMException("no", wanted === undefined ? "NotFoundError" : "OverconstrainedError");
    }
    const track = new FakeTrack(found);
    this.tracks.push(track);
    return { getAudioTracks: () => [track], getTracks: () => [track] };
  };

  enumerateDevices = async () =>
    this.plugged.map((deviceId) => ({ kind: "audioinput", deviceId, label: deviceId }));

  unplug(deviceId: string): void {
    this.plugged = this.plugged.filter((id) => id !== deviceId);
    for (const track of this.tracks) {
      if (track.deviceId === deviceId && !track.stopped) track.dispatchEvent(new Event("ended"));
    }
    this.dispatchEvent(new Event("devicechange"));
  }

  plug(deviceId: string): void {
    this.plugged.unshift(deviceId);
    this.dispatchEvent(new Event("devicechange"));
  }
}

let devices: FakeDevices;
let microphone: Microphone;
const status = () => microphone.getView().status;
const becomes = (wanted: string) => vi.waitFor(() => expect(status()).toBe(wanted));

beforeEach(() => {
  localStorage.clear();
  devices = new FakeDevices();
  Object.defineProperty(navigator, "mediaDevices", { value: devices, configurable: true });
  Object.defineProperty(window, "isSecureContext", { value: true, configurable: true });
  microphone = new Microphone();
});

afterEach(() => microphone.close());

test("opens the first one and lists all", async () => {
  await microphone.open();
  expect(microphone.getView()).toMatchObject({ status: "open", deviceId: "headset" });
  expect(microphone.getView().devices.map((one) => one.deviceId)).toEqual(["headset", "built-in"]);
});

test("a chosen one is kept for the next day", async () => {
  await microphone.open();
  await microphone.choose("built-in");
  expect(devices.tracks[0]?.stopped).toBe(true);
  const next = new Microphone();
  await next.open();
  expect(next.getView().deviceId).toBe("built-in");
  next.close();
});

test("a kept one that is not there any more gives way to another", async () => {
  localStorage.setItem("kwabo-microphone", "old headset");
  await microphone.open();
  expect(microphone.getView()).toMatchObject({ status: "open", deviceId: "headset" });
});

test.each([
  ["NotAllowedError", "denied"],
  ["NotFoundError", "missing"],
  ["NotReadableError", "busy"],
])("%s is %s", async (refusal, wanted) => {
  devices.refusal = refusal;
  await microphone.open();
  expect(status()).toBe(wanted);
});

test("plain http has no microphones", async () => {
  Object.defineProperty(window, "isSecureContext", { value: false, configurable: true });
  await microphone.open();
  expect(status()).toBe("insecure");
});

test("pulled out while another is there: the other is taken", async () => {
  await microphone.open();
  devices.unplug("headset");
  await becomes("open");
  expect(microphone.getView().deviceId).toBe("built-in");
});

test("the last one pulled out is lost, and taken again when it is back", async () => {
  await microphone.open();
  devices.unplug("built-in");
  devices.unplug("headset");
  await becomes("lost");
  devices.plug("headset");
  await becomes("open");
});

test("a device plugged in ends the search for one", async () => {
  devices.plugged = [];
  await microphone.open();
  expect(status()).toBe("missing");
  devices.plug("headset");
  await becomes("open");
});

test("after closing nothing is listened to", async () => {
  await microphone.open();
  microphone.close();
  expect(devices.tracks[0]?.stopped).toBe(true);
  devices.plug("other");
  await Promise.resolve();
  expect(status()).toBe("closed");
});
