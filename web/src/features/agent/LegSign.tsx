import { Tooltip } from "@mantine/core";
import { IconHeadset, IconHeadsetOff, IconPhone } from "@tabler/icons-react";
import type { AgentState } from "@/api/types";
import { useFormats } from "@/shared/useFormats";
import classes from "./LegSign.module.css";
import { useText } from "./messages";
import { useDeskView } from "./useDesk";

/** The agent's line: whether it is up, and how good it is. */
export function LegSign({ agent }: { agent: AgentState }) {
  const t = useText().leg;
  const { rate } = useFormats();
  const { phone, leg } = useDeskView();
  const up = agent.leg.state === "up";
  const measured = up && leg.kind === "webrtc" ? phone.measured : null;
  const word = measured ? t[measured.quality] : t[agent.leg.state];
  const detail =
    measured && measured.roundTripMs !== null
      ? t.detail(String(measured.roundTripMs), rate(measured.loss))
      : word;
  const Icon = leg.kind === "address" ? IconPhone : up ? IconHeadset : IconHeadsetOff;
  const tone = !up ? "down" : (measured?.quality ?? "good");
  return (
    <Tooltip label={detail}>
      <span className={classes.sign} data-tone={tone} role="status">
        <Icon size={18} stroke={1.7} aria-hidden />
        <span className={classes.bars} aria-hidden>
          <i />
          <i />
          <i />
        </span>
        <span className={classes.word}>{word}</span>
      </span>
    </Tooltip>
  );
}
