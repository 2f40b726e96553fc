import { formatDuration } from "@/formats/time";
import { useNowSeconds } from "./useNow";

/** Time gone by since a moment, ticking. Quiet for screen readers, which would read every second. */
export function Since({ at }: { at: string }) {
  const now = useNowSeconds();
  return (
    <span className="tabular" role="timer" aria-live="off">
      {formatDuration(now - Date.parse(at) / 1000)}
    </span>
  );
}

/** Time left until a moment, ticking down to 0:00. */
export function Until({ at }: { at: string }) {
  const now = useNowSeconds();
  return (
    <span className="tabular" role="timer" aria-live="off">
      {formatDuration(Math.ceil(Date.parse(at) / 1000 - now))}
    </span>
  );
}
