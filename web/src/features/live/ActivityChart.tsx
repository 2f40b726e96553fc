import { Text, useComputedColorScheme } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { ACTIVITY_MINUTES, type Minute } from "@/live/activity";
import { useFormats } from "@/shared/useFormats";
import classes from "./ActivityChart.module.css";
import { useText } from "./messages";

const HEIGHT = 190;
const SERIES = ["attempts", "answered", "abandoned"] as const;
const COLOURS = {
  attempts: "--kwabo-accent",
  answered: "--kwabo-good",
  abandoned: "--kwabo-bad",
} as const;

/** Half an hour of minutes, empty ones before the first that is known. */
function dataOf(minutes: readonly Minute[]): uPlot.AlignedData {
  const last = minutes.at(-1)?.minute ?? 0;
  const known = new Map(minutes.map((one) => [one.minute, one]));
  const axis = Array.from(
    { length: ACTIVITY_MINUTES },
    (_, at) => last - ACTIVITY_MINUTES + 1 + at,
  );
  return [
    axis.map((minute) => minute * 60),
    ...SERIES.map((name) => axis.map((minute) => known.get(minute)?.[name] ?? null)),
  ] as uPlot.AlignedData;
}

export default function ActivityChart({ minutes }: { minutes: readonly Minute[] }) {
  const t = useText().chart;
  const formats = useFormats();
  const scheme = useComputedColorScheme("light");
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const data = useMemo(() => dataOf(minutes), [minutes]);
  const latest = useRef(data);
  latest.current = data;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours read here.
  useEffect(() => {
    const node = place.current;
    if (node === null) return;
    const style = getComputedStyle(node);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = {
      stroke: colour("--kwabo-soft"),
      grid: { stroke: colour("--kwabo-line"), width: 1 },
      ticks: { show: false },
      font: "12px sans-serif",
    };
    const bars = uPlot.paths.bars?.({ size: [0.7, 26] });
    const made = new uPlot(
      {
        width: node.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          y: { range: (_plot, _low, high) => [0, Math.max(4, Math.ceil((high ?? 0) * 1.15))] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_plot, ticks) =>
              ticks.map((at) => formats.time(new Date(at * 1000).toISOString())),
          },
          { ...axis, size: 38, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
        ],
        series: [
          {},
          {
            fill: `${colour(COLOURS.attempts)}55`,
            width: 0,
            points: { show: false },
            ...(bars ? { paths: bars } : {}),
          },
          { stroke: colour(COLOURS.answered), width: 2.5, points: { show: false } },
          { stroke: colour(COLOURS.abandoned), width: 2, dash: [5, 4], points: { show: false } },
        ],
      },
      latest.current,
      node,
    );
    chart.current = made;
    const watch = new ResizeObserver(() =>
      made.setSize({ width: node.clientWidth, height: HEIGHT }),
    );
    watch.observe(node);
    return () => {
      watch.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [scheme, formats]);

  useEffect(() => chart.current?.setData(data), [data]);

  const sum = (name: (typeof SERIES)[number]) =>
    formats.count(minutes.reduce((total, minute) => total + minute[name], 0));
  const summary = t.summary(sum("attempts"), sum("answered"), sum("abandoned"));
  return (
    <figure className={classes.figure}>
      <ul className={classes.legend} aria-hidden>
        {SERIES.map((name) => (
          <li key={name}>
            <span className={classes.key} data-series={name} />
            {t[name]} <b className="tabular">{sum(name)}</b>
          </li>
        ))}
      </ul>
      <div ref={place} role="img" aria-label={summary} className={classes.plot} />
      {minutes.length < 2 && (
        <Text component="figcaption" size="xs" c="dimmed">
          {t.gathering}
        </Text>
      )}
    </figure>
  );
}
