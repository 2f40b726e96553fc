import type { ImportState } from "@/api/types";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useText } from "./messages";

const TONES: Record<ImportState, Tone> = {
  uploaded: "info",
  waiting: "warn",
  running: "violet",
  complete: "good",
  failed: "bad",
  cancelled: "quiet",
};

export function ImportBadge({ state }: { state: ImportState }) {
  const t = useText();
  return (
    <StatusBadge tone={TONES[state]} pulse={state === "running"}>
      {t.states[state]}
    </StatusBadge>
  );
}
