/**
 * How the softphone keeps the agent's leg up: a pure step from state and event to state and effects.
 * Three things can fail by themselves: the connection to the server, the registration, the leg. The
 * leg's audio may outlive the connection, so losing the connection does not end the leg.
 */

export interface PhoneState {
  /** Between start and stop. */
  wanted: boolean;
  transport: "down" | "connecting" | "up";
  registered: boolean;
  leg: "none" | "answering" | "up";
  /** The server was asked to have the leg called, and the call has not come yet. */
  asked: boolean;
  /** Why the leg or the connection is missing; null while all is well or on its way. */
  cause: Cause | null;
  /** Tries since it last worked. */
  retries: number;
}

export type Cause =
  /** No connection to Kwabo. */
  | "network"
  /** The switch refused the registration. */
  | "refused"
  /** Another tab or computer has taken the desktop over. */
  | "replaced"
  /** The leg was hung up, or the switch lost it. */
  | "leg_lost"
  /** Registered, but the switch did not call. */
  | "not_called"
  /** The audio path broke, or never came up. */
  | "media";

export type PhoneEvent =
  | { type: "started" }
  | { type: "stopped" }
  | { type: "replaced" }
  | { type: "transport_up" }
  | { type: "transport_down" }
  | { type: "registered" }
  | { type: "registration_lost" }
  | { type: "registration_refused"; status: number }
  | { type: "leg_offered" }
  | { type: "leg_up" }
  | { type: "leg_ended" }
  /** The server says that there is no leg, though this side has one. */
  | { type: "leg_unknown" }
  | { type: "media_failed" }
  /** The wait that an effect asked for is over. */
  | { type: "waited" }
  /** The agent pressed "reconnect", or the network is back. */
  | { type: "retry" };

export type PhoneEffect =
  | { do: "connect" }
  | { do: "disconnect" }
  | { do: "register" }
  | { do: "ask_for_leg" }
  | { do: "answer" }
  | { do: "end_leg" }
  /** Replaces any other wait; `waited` comes after it. */
  | { do: "wait"; ms: number }
  | { do: "stop_waiting" };

export const OFF: PhoneState = {
  wanted: false,
  transport: "down",
  registered: false,
  leg: "none",
  asked: false,
  cause: null,
  retries: 0,
};

const BACKOFF_MS = [1000, 2000, 4000, 8000, 15000];
/** How long the switch may take to call after it was asked. */
export const LEG_TIMEOUT_MS = 12000;

type Step = [PhoneState, PhoneEffect[]];

export function backoffMs(retries: number): number {
  return BACKOFF_MS[Math.min(retries, BACKOFF_MS.length - 1)] ?? 15000;
}

function waitThenRetry(state: PhoneState, cause: Cause, first: PhoneEffect[] = []): Step {
  return [
    { ...state, asked: false, cause, retries: state.retries + 1 },
    [...first, { do: "wait", ms: backoffMs(state.retries) }],
  ];
}

/** The next thing that is missing. */
function goOn(state: PhoneState): Step {
  if (!state.wanted) return [state, []];
  if (state.transport === "down")
    return [{ ...state, transport: "connecting" }, [{ do: "connect" }]];
  if (state.transport === "connecting") return [state, []];
  if (!state.registered) return [state, [{ do: "register" }]];
  if (state.leg === "none") {
    return [{ ...state, asked: true }, [{ do: "ask_for_leg" }, { do: "wait", ms: LEG_TIMEOUT_MS }]];
  }
  return [state, [{ do: "stop_waiting" }]];
}

function giveUp(cause: Cause | null): Step {
  return [{ ...OFF, cause }, [{ do: "stop_waiting" }, { do: "end_leg" }, { do: "disconnect" }]];
}

export function step(state: PhoneState, event: PhoneEvent): Step {
  if (event.type === "started") {
    return [{ ...OFF, wanted: true, transport: "connecting" }, [{ do: "connect" }]];
  }
  if (!state.wanted) return [state, []];
  switch (event.type) {
    case "stopped":
      return giveUp(null);
    case "replaced":
      return giveUp("replaced");
    case "transport_up":
      return [{ ...state, transport: "up" }, [{ do: "register" }]];
    case "transport_down":
      if (state.transport === "down") return [state, []];
      return waitThenRetry({ ...state, transport: "down", registered: false }, "network");
    case "registered": {
      const registered = { ...state, registered: true };
      if (state.leg !== "none") return goOn({ ...registered, cause: null, retries: 0 });
      return goOn(registered);
    }
    case "registration_lost":
      if (state.transport !== "up") return [state, []];
      return [{ ...state, registered: false }, [{ do: "register" }]];
    case "registration_refused":
      // The password is new with each sign-in: an old one means that another desktop signed in.
      if (event.status === 401 || event.status === 403) return giveUp("replaced");
      return waitThenRetry({ ...state, registered: false }, "refused");
    case "leg_offered": {
      const answering: PhoneState = { ...state, leg: "answering", asked: false };
      // The switch calls again only when it believes the old leg dead.
      return [
        answering,
        state.leg === "none" ? [{ do: "answer" }] : [{ do: "end_leg" }, { do: "answer" }],
      ];
    }
    case "leg_up":
      // What mends the connection goes on.
      if (!state.registered) return [{ ...state, leg: "up" }, []];
      return [{ ...state, leg: "up", cause: null, retries: 0 }, [{ do: "stop_waiting" }]];
    case "leg_ended":
      if (state.leg === "none") return [state, []];
      return waitThenRetry({ ...state, leg: "none" }, "leg_lost");
    case "leg_unknown":
      if (state.leg !== "up") return [state, []];
      return waitThenRetry({ ...state, leg: "none" }, "leg_lost", [{ do: "end_leg" }]);
    case "media_failed":
      if (state.leg === "none") return [state, []];
      return waitThenRetry({ ...state, leg: "none" }, "media", [{ do: "end_leg" }]);
    case "waited":
      return state.asked ? waitThenRetry(state, "not_called") : goOn(state);
    case "retry": {
      if (state.leg === "up" && state.registered) return [state, []];
      const [next, effects] = goOn({ ...state, retries: 0 });
      return [next, [{ do: "stop_waiting" }, ...effects]];
    }
  }
}

export type Phase = "off" | "connecting" | "waiting_for_leg" | "up" | "recovering" | "replaced";

/** One word for the indicator. */
export function phaseOf(state: PhoneState): Phase {
  if (!state.wanted) return state.cause === "replaced" ? "replaced" : "off";
  if (state.leg === "up" && state.cause === null) return "up";
  if (state.cause !== null) return "recovering";
  return state.registered ? "waiting_for_leg" : "connecting";
}
