import { Tooltip, UnstyledButton } from "@mantine/core";
import { live } from "@/live/store";
import { useConnection } from "@/live/useLive";
import classes from "./ConnectionSign.module.css";
import { useText } from "./messages";

/** Says whether what is on screen is live. Words only when it is not. */
export function ConnectionSign({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const connection = useConnection();
  const state =
    connection === "live" ? "live" : connection === "waiting" ? "waiting" : "connecting";
  return (
    <div role="status" className={classes.sign} data-state={state}>
      <Tooltip label={t.connection[state]} disabled={state === "waiting" && !compact}>
        <span className={classes.dot} data-state={state} />
      </Tooltip>
      <span className={compact ? classes.hidden : classes.text}>{t.connection[state]}</span>
      {state === "waiting" && !compact && (
        <UnstyledButton className={classes.retry} onClick={live.retryNow}>
          {t.connection.retry}
        </UnstyledButton>
      )}
    </div>
  );
}
