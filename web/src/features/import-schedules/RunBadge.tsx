import type { ImportSchedule, ImportTiming, ScheduleRun } from "@/api/types/lists";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useText } from "./messages";

const TONES: Record<ScheduleRun["state"], Tone> = {
  running: "info",
  complete: "good",
  failed: "bad",
};

export function RunBadge({ run }: { run: ScheduleRun }) {
  const t = useText();
  return (
    <StatusBadge tone={TONES[run.state]} pulse={run.state === "running"}>
      {t.states[run.state]}
    </StatusBadge>
  );
}

/** What it is doing, or how its last run ended. */
export function ScheduleBadge({ schedule }: { schedule: ImportSchedule }) {
  const t = useText();
  if (schedule.waiting) return <StatusBadge tone="info">{t.waiting}</StatusBadge>;
  if (schedule.last_run) return <RunBadge run={schedule.last_run} />;
  return <StatusBadge tone="quiet">{schedule.active ? t.never : t.off}</StatusBadge>;
}

export function usePlan(): (timing: ImportTiming) => string {
  const t = useText();
  return (timing) =>
    timing.kind === "every" ? t.every(timing.minutes) : t.daily(timing.at, timing.time_zone);
}
