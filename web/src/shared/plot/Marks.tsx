import classes from "./Plot.module.css";
import { bandPath, linePath, type Place } from "./scale";
import type { Series } from "./series";

interface Props {
  series: Series;
  minutes: readonly number[];
  x: Place;
  y: Place;
  /** Where nothing is. */
  floor: number;
  barWidth: number;
}

/** One series in the plot. */
export function Marks({ series, minutes, x, y, floor, barWidth }: Props) {
  const { shape, tone, values, low, high } = series;
  if (shape === "bars") {
    return (
      <g className={classes.bars} data-tone={tone}>
        {minutes.map((minute, index) => {
          const value = values[index] ?? 0;
          if (value <= 0) return null;
          const top = y(value);
          return (
            <rect
              key={minute}
              x={x(minute) - barWidth / 2}
              y={top}
              width={barWidth}
              height={floor - top}
            />
          );
        })}
      </g>
    );
  }
  return (
    <g className={classes.line} data-tone={tone} data-shape={shape}>
      {low && high && <path d={bandPath(minutes, low, high, x, y)} className={classes.band} />}
      <path d={linePath(minutes, values, x, y)} className={classes.stroke} />
    </g>
  );
}
