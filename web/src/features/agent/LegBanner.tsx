import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconMicrophoneOff,
  IconVolumeOff,
  IconWifiOff,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { AgentState } from "@/api/types";
import { useConnection } from "@/live/useLive";
import { toast } from "@/shared/toast";
import classes from "./LegBanner.module.css";
import { useText } from "./messages";
import { useDesk, useDeskView } from "./useDesk";

/** What is wrong with the agent's line, in one sentence, with the button that helps. */
export function LegBanner({ agent }: { agent: AgentState }) {
  const t = useText();
  const desk = useDesk();
  const { phone, microphone, leg } = useDeskView();
  const connection = useConnection();
  const onCall = agent.status === "on_call";
  const reconnect = () => void desk.reconnect().catch(toast.error);

  const banner = (icon: ReactNode, text: string, action?: [string, () => void]) => (
    <div className={classes.banner} role="alert">
      {icon}
      <span className={classes.text}>{text}</span>
      {action && (
        <Button size="xs" color="red" onClick={action[1]}>
          {action[0]}
        </Button>
      )}
    </div>
  );

  if (connection === "waiting" || phone.cause === "network") {
    const text = onCall ? t.leg.networkOnCall : t.leg.network;
    return banner(<IconWifiOff aria-hidden />, text, [t.leg.reconnect, reconnect]);
  }
  if (leg.kind === "webrtc" && microphone.status === "lost") {
    return banner(<IconMicrophoneOff aria-hidden />, t.microphone.lost, [
      t.microphone.retry,
      reconnect,
    ]);
  }
  const denied = microphone.status === "denied" || microphone.status === "busy";
  if (leg.kind === "webrtc" && denied) {
    const text = microphone.status === "denied" ? t.microphone.denied : t.microphone.busy;
    return banner(<IconMicrophoneOff aria-hidden />, text, [t.microphone.retry, reconnect]);
  }
  if (phone.cause !== null && phone.cause !== "replaced") {
    const text = t.leg[phone.cause];
    return banner(<IconAlertTriangle aria-hidden />, text, [t.leg.reconnect, reconnect]);
  }
  if (leg.kind === "address" && agent.leg.state === "none") {
    return banner(<IconAlertTriangle aria-hidden />, t.leg.addressNone, [
      t.leg.reconnect,
      reconnect,
    ]);
  }
  if (agent.status === "lost") {
    return banner(<IconAlertTriangle aria-hidden />, t.waiting.lostText, [
      t.leg.reconnect,
      reconnect,
    ]);
  }
  if (phone.soundBlocked) {
    return banner(<IconVolumeOff aria-hidden />, t.leg.soundBlocked, [
      t.leg.allowSound,
      () => desk.allowSound(),
    ]);
  }
  if (onCall && phone.measured?.quality === "poor") {
    return banner(<IconAlertTriangle aria-hidden />, t.leg.poorOnCall);
  }
  return null;
}
