import type { ReactNode } from "react";
import classes from "./Figure.module.css";
import type { Tone } from "./StatusBadge";

interface Props {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
  tone?: Tone;
}

/** A number with its name, for rows of key figures (inside <Figures>). */
export function Figure({ label, value, hint, tone }: Props) {
  return (
    <div className={classes.figure} data-tone={tone}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      {hint !== undefined && hint !== "" && <dd className={classes.hint}>{hint}</dd>}
    </div>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className={classes.row}>{children}</dl>;
}
