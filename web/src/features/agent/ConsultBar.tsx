import { Button, Text } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import type { AttemptLive } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import classes from "./ConsultBar.module.css";
import { useText } from "./messages";
import { useCommand } from "./useDesk";

/** While somebody is asked before a transfer: hand the customer over, or come back. */
export function ConsultBar({ attempt }: { attempt: AttemptLive }) {
  const t = useText().transfer;
  const { run, pending } = useCommand();
  const { consult } = attempt;
  if (consult === null) return null;
  const body = { attempt_id: attempt.attempt_id };
  const connected = consult.state === "connected";
  // A name, or a number.
  const label = formatNumber(consult.to_label);
  return (
    <div className={classes.bar} role="status">
      <div className={classes.words}>
        <Text fw={600}>{connected ? t.consulting(label) : t.consultCalling(label)}</Text>
        <Text size="sm">{t.customerWaits}</Text>
      </div>
      <Button
        color="green"
        leftSection={<IconCheck size={18} />}
        disabled={!connected}
        loading={pending === "consult/complete"}
        onClick={() => void run("consult/complete", body)}
      >
        {t.complete}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={18} />}
        loading={pending === "consult/cancel"}
        onClick={() => void run("consult/cancel", body)}
      >
        {t.back}
      </Button>
    </div>
  );
}
