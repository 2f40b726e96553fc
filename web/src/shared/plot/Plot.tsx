import { type PointerEvent, useState } from "react";
import { Marks } from "./Marks";
import classes from "./Plot.module.css";
import { PlotTable } from "./PlotTable";
import { minuteTicks, nearest, ticksTo } from "./scale";
import type { Series } from "./series";
import { useWidth } from "./useWidth";

interface Props {
  /** What the plot shows, in a sentence, for who does not see it. */
  label: string;
  /** In minutes, ascending: since 1970, or of a day. */
  minutes: readonly number[];
  minuteText: (minute: number) => string;
  /** Names the column of minutes in the table. */
  minuteName: string;
  valueText: (value: number) => string;
  /** Values are counts. */
  whole?: boolean;
  /** The scale reaches at least so far. */
  atLeast?: number;
  series: readonly Series[];
}

const HEIGHT = 200;
const EDGE = { left: 46, right: 10, top: 10, bottom: 24 };
/** Of "18:00". */
const HALF_LABEL = 18;
/** Where nothing is laid out. */
const FIRST_WIDTH = 640;

function highest(series: readonly Series[]): number {
  return Math.max(
    0,
    ...series.flatMap((one) => [...(one.high ?? []), ...one.values].map((value) => value ?? 0)),
  );
}

/** A label in the middle below its place, unless it would run over the edge. */
function within(at: number, width: number) {
  if (at > width - HALF_LABEL) return { x: width, textAnchor: "end" as const };
  return { x: Math.max(at, HALF_LABEL), textAnchor: "middle" as const };
}

/** Values over time as lines, bars and bands, with what each is at the moment pointed at, and a table. */
export function Plot(props: Props) {
  const { minutes, series } = props;
  const { ref, width } = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const [pointed, setPointed] = useState<number | null>(null);
  const first = minutes[0] ?? 0;
  const last = minutes.at(-1) ?? 1;
  const bars = series.some((one) => one.shape === "bars");
  const inside = width - EDGE.left - EDGE.right;
  // Bars stand on their minute; the first and the last need room for their halves.
  const half = bars ? inside / Math.max(1, minutes.length) / 2 : 0;
  const x = (minute: number) =>
    EDGE.left + half + ((minute - first) / Math.max(1, last - first)) * (inside - 2 * half);
  const levels = ticksTo(Math.max(props.atLeast ?? 0, highest(series)), 4, props.whole);
  const top = levels.at(-1) ?? 1;
  const floor = HEIGHT - EDGE.bottom;
  const y = (value: number) => floor - (value / top) * (floor - EDGE.top);
  function point(event: PointerEvent<SVGSVGElement>) {
    const left = event.currentTarget.getBoundingClientRect().left;
    const places = minutes.map(x);
    const found = nearest(places, event.clientX - left);
    setPointed(found < 0 ? null : found);
  }
  const index = pointed !== null && pointed < minutes.length ? pointed : null;
  const at = index === null ? null : (minutes[index] ?? null);
  const said = (one: Series): string => {
    if (index === null) return one.said ?? "";
    const value = one.values[index] ?? null;
    return value === null ? "–" : props.valueText(value);
  };
  return (
    <figure className={classes.figure}>
      <ul className={classes.legend} aria-hidden>
        {series.map((one) => (
          <li key={one.key}>
            <span className={classes.key} data-shape={one.shape} data-tone={one.tone} />
            {one.name} <b className="tabular">{said(one)}</b>
          </li>
        ))}
        {at !== null && <li className={classes.at}>{props.minuteText(at)}</li>}
      </ul>
      <div ref={ref} className={classes.place}>
        <svg
          role="img"
          aria-label={props.label}
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          className={classes.plot}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        >
          {levels.map((level) => (
            <g key={level}>
              <line
                x1={EDGE.left}
                x2={width - EDGE.right}
                y1={y(level)}
                y2={y(level)}
                className={classes.grid}
              />
              <text x={EDGE.left - 7} y={y(level) + 4} textAnchor="end">
                {props.valueText(level)}
              </text>
            </g>
          ))}
          {minuteTicks(first, last, inside / 64).map((minute) => (
            <text key={minute} {...within(x(minute), width)} y={HEIGHT - 6}>
              {props.minuteText(minute)}
            </text>
          ))}
          {series.map((one) => (
            <Marks
              key={one.key}
              series={one}
              minutes={minutes}
              x={x}
              y={y}
              floor={floor}
              barWidth={Math.max(1, half * 2 * 0.72)}
            />
          ))}
          {at !== null && (
            <line
              x1={x(at)}
              x2={x(at)}
              y1={EDGE.top}
              y2={floor}
              className={classes.pointer}
              aria-hidden
            />
          )}
        </svg>
      </div>
      <PlotTable
        label={props.label}
        minutes={minutes}
        minuteName={props.minuteName}
        minuteText={props.minuteText}
        valueText={props.valueText}
        series={series}
      />
    </figure>
  );
}
