import type { ReactNode } from "react";
import classes from "./Bars.module.css";
import type { Tone } from "./StatusBadge";
import { useFormats } from "./useFormats";

export interface Bar {
  key: string;
  label: ReactNode;
  value: number;
  tone?: Tone;
  /** In place of the share of the whole. */
  note?: string;
}

/** Horizontal bars with their counts and shares; read as a list by screen readers. */
export function Bars({ label, bars, of }: { label: string; bars: Bar[]; of?: number }) {
  const formats = useFormats();
  const whole = of ?? bars.reduce((sum, bar) => sum + bar.value, 0);
  const longest = of ?? Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={classes.bar}>
          <span className={classes.label}>{bar.label}</span>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.fill}
              data-tone={bar.tone ?? "accent"}
              data-zero={bar.value === 0 || undefined}
              style={{ width: `${Math.min(100, (bar.value / Math.max(1, longest)) * 100)}%` }}
            />
          </span>
          <span className={classes.count}>{formats.count(bar.value)}</span>
          <span className={classes.share}>
            {bar.note ?? (whole > 0 ? formats.rate(bar.value / whole) : "")}
          </span>
        </li>
      ))}
    </ul>
  );
}
