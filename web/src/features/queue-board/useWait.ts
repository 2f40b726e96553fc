import type { QueueLive } from "@/api/types";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { roughly } from "./queues";

/** The wait of somebody who came now, in words; the interval as a hint. */
export function useWait(): (queue: QueueLive) => { text: string; hint: string } {
  const t = useText().wait;
  const formats = useFormats();
  return ({ expected_wait: wait }) => {
    if (wait.unknown !== null) return { text: t[wait.unknown], hint: "" };
    const { seconds, low, high } = wait;
    if (!seconds) return { text: t.atOnce, hint: "" };
    return {
      text: t.about(formats.span(roughly(seconds))),
      hint: t.between(formats.span(roughly(low ?? 0)), formats.span(roughly(high ?? 0))),
    };
  };
}
