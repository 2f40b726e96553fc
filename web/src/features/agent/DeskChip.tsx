import { Link, useLocation } from "@tanstack/react-router";
import { Since } from "@/shared/Duration";
import classes from "./DeskChip.module.css";
import { useText } from "./messages";
import { useArrival } from "./useArrival";
import { useDeskView, useOwnAgent } from "./useDesk";
import { useRinging } from "./useRinging";

/** On pages other than the desk: the agent's status, and the way back when a call comes. */
export function DeskChip() {
  const { pathname } = useLocation();
  return pathname === "/desk" ? null : <Chip />;
}

function Chip() {
  const t = useText();
  const agent = useOwnAgent();
  const { mode } = useDeskView();
  const arrival = useArrival(mode === "on" ? agent : null);
  useRinging(mode === "on" ? agent : null);
  if (agent === null || agent.status === "signed_out") return null;
  return (
    <Link to="/desk" className={classes.chip} data-status={agent.status}>
      <span className={classes.light} data-arrived={arrival !== null || undefined} aria-hidden />
      <span className={classes.word} role={arrival ? "alert" : undefined}>
        {t.status[agent.status]}
      </span>
      <Since at={agent.since} />
    </Link>
  );
}
