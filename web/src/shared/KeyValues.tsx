import type { ReactNode } from "react";
import classes from "./KeyValues.module.css";

/** Names with their values, in two columns where there is room. */
export function KeyValues({ rows }: { rows: (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.list}>
      {rows.map(([name, value]) => (
        <div key={name} className={classes.row}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === "" ? "–" : value}</dd>
        </div>
      ))}
    </dl>
  );
}
