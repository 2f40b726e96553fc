import { useConnection } from "@/live/useLive";
import { StatusBadge } from "@/shared/StatusBadge";
import { useText } from "./messages";

/** Whether the figures are of this moment. */
export function LiveSign() {
  const t = useText().connection;
  const connection = useConnection();
  return (
    <span role="status">
      <StatusBadge
        tone={connection === "live" ? "good" : connection === "waiting" ? "bad" : "warn"}
        pulse={connection === "live"}
      >
        {t[connection]}
      </StatusBadge>
    </span>
  );
}
