/** States of the domain as badges: the word, and a colour beside it. */

import { Group } from "@mantine/core";
import type { CampaignState, Result, StateReason } from "@/api/types";
import { StatusBadge } from "@/shared/StatusBadge";
import { useWords } from "./messages";
import { CAMPAIGN_TONES, RESULT_TONES } from "./tones";

export function ResultBadge({ result }: { result: Result }) {
  const words = useWords();
  return (
    <StatusBadge tone={RESULT_TONES[result] ?? "quiet"}>
      {words.results[result] ?? result}
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
