import { Button, Group, Radio, Text } from "@mantine/core";
import { IconPhoneCall, IconPlayerSkipForward } from "@tabler/icons-react";
import { useState } from "react";
import type { AgentState, AttemptLive, Card } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { Until } from "@/shared/Duration";
import { useText } from "./messages";
import classes from "./PreviewActions.module.css";
import { useCommand } from "./useDesk";
import { useShortcut } from "./useShortcuts";

/** A record before its call: which number, call or skip, and the time until it is called by itself. */
export function PreviewActions({
  agent,
  attempt,
  card,
}: {
  agent: AgentState;
  attempt: AttemptLive;
  card: Card;
}) {
  const t = useText().preview;
  const { run, pending } = useCommand();
  const { numbers } = card.contact;
  const [number, setNumber] = useState(attempt.number);
  const body = { attempt_id: attempt.attempt_id };
  const call = () => void run("dial", { ...body, number });
  const skip = () => void run("skip", body);
  const canSkip = card.campaign.preview_skip_allowed;
  useShortcut("call", call);
  useShortcut("skip", canSkip ? skip : null);

  return (
    <section className={classes.preview}>
      {numbers.length > 1 && (
        <Radio.Group label={t.choose} value={number} onChange={setNumber}>
          <Group gap="lg" mt={6}>
            {numbers.map((one) => (
              <Radio
                key={one.number}
                value={one.number}
                disabled={!one.callable}
                label={`${formatNumber(one.number)} · ${one.label}${one.callable ? "" : ` (${t.uncallable})`}`}
              />
            ))}
          </Group>
        </Radio.Group>
      )}
      <div className={classes.actions}>
        {agent.preview_until && (
          <Text size="sm" c="dimmed">
            {t.auto} <Until at={agent.preview_until} />
          </Text>
        )}
        {canSkip && (
          <Button
            variant="default"
            leftSection={<IconPlayerSkipForward size={18} />}
            loading={pending === "skip"}
            aria-keyshortcuts="Alt+S"
            onClick={skip}
          >
            {t.skip}
          </Button>
        )}
        <Button
          color="green"
          size="md"
          leftSection={<IconPhoneCall size={20} />}
          loading={pending === "dial"}
          aria-keyshortcuts="Alt+C"
          onClick={call}
        >
          {t.call}
        </Button>
      </div>
    </section>
  );
}
