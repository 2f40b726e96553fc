import type { ReactNode } from "react";
import classes from "./StatusBadge.module.css";

export type Tone = "good" | "info" | "warn" | "bad" | "violet" | "accent" | "quiet";

/** A state in words and colour; `pulse` for what is going on right now. */
export function StatusBadge({
  tone,
  pulse = false,
  children,
}: {
  tone: Tone;
  pulse?: boolean;
  children: ReactNode;
}) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} data-pulse={pulse || undefined} aria-hidden />
      {children}
    </span>
  );
}
