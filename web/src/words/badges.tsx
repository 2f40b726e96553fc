/** States of the domain as badges: the word, and a colour beside it. */

import { Group } from "@mantine/core";
import type { AttemptState, CampaignState, Result, StateReason } from "@/api/types";
import { StatusBadge } from "@/shared/StatusBadge";
import { useWords } from "./messages";
import { ATTEMPT_TONES, CAMPAIGN_TONES, RESULT_TONES } from "./tones";

export function ResultBadge({ result }: { result: Result }) {
  const words = useWords();
  return (
    <StatusBadge tone={RESULT_TONES[result] ?? "quiet"}>
      {words.results[result] ?? result}
    </StatusBadge>
  );
}

/** What an attempt came to, or how far it is. */
export function AttemptBadge(props: { attempt: { state: AttemptState; result: Result | null } }) {
  const words = useWords();
  const { state, result } = props.attempt;
  if (state === "closed" && result !== null) return <ResultBadge result={result} />;
  return (
    <StatusBadge tone={ATTEMPT_TONES[state]} pulse={state !== "closed"}>
      {words.attemptStates[state]}
    </StatusBadge>
  );
}

/** The campaign's state, and why it dials less than it could. */
export function CampaignBadge(props: { state: CampaignState; reason: StateReason }) {
  const words = useWords();
  const slowed = props.state === "running" && props.reason !== "";
  return (
    <Group gap={6} wrap="wrap">
      <StatusBadge tone={CAMPAIGN_TONES[props.state]} pulse={props.state === "running" && !slowed}>
        {words.campaignStates[props.state]}
      </StatusBadge>
      {slowed && props.reason !== "" && (
        <StatusBadge tone={props.reason === "WAITING_FOR_RECALLS" ? "info" : "warn"}>
          {words.stateReasons[props.reason] ?? props.reason}
        </StatusBadge>
      )}
    </Group>
  );
}
