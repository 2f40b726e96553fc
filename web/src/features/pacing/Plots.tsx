import { Text } from "@mantine/core";
import { Panel } from "@/shared/Panel";
import { Plot } from "@/shared/plot/Plot";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { lastKnown, type Minute, RATE_MINUTES, SHOWN, sumOf, trailingRates } from "./minutes";

/** Seconds after which a person who waits counts as abandoned, in the laws that name a number. */
const CONNECT_WITHIN = 2;

function useMinutes(minutes: readonly Minute[]) {
  const t = useText().tab;
  const formats = useFormats();
  return {
    minutes: minutes.map((one) => one.minute),
    minuteText: (minute: number) => formats.time(new Date(minute * 60_000).toISOString()),
    minuteName: t.minute,
  };
}

/** Calls begun, answered and abandoned in each minute. */
export function CallsPlot({ minutes }: { minutes: readonly Minute[] }) {
  const t = useText().tab.calls;
  const formats = useFormats();
  const axis = useMinutes(minutes);
  const sum = (key: "dialled" | "live" | "abandoned") => formats.count(sumOf(minutes, key));
  const shapes = [
    ["dialled", "bars", "accent"],
    ["live", "line", "good"],
    ["abandoned", "dashed", "bad"],
  ] as const;
  return (
    <Panel title={t.title} text={t.text}>
      <Plot
        {...axis}
        label={t.summary(sum("dialled"), sum("live"), sum("abandoned"))}
        valueText={formats.count}
        whole
        atLeast={4}
        series={shapes.map(([key, shape, tone]) => ({
          key,
          name: t[key],
          shape,
          tone,
          said: sum(key),
          values: minutes.map((one) => one[key]),
        }))}
      />
    </Panel>
  );
}

/** The abandon rate of the last minutes against the target; `asked` begins before what is shown. */
export function RatePlot({ asked, target }: { asked: readonly Minute[]; target: number }) {
  const t = useText().tab.rate;
  const formats = useFormats();
  const minutes = asked.slice(-SHOWN);
  const axis = useMinutes(minutes);
  const rates = trailingRates(asked).slice(-SHOWN);
  const last = lastKnown(rates);
  const lastText = last === null ? t.none : formats.rate(last);
  return (
    <Panel title={t.title} text={t.text(RATE_MINUTES)}>
      <Plot
        {...axis}
        label={t.summary(lastText, formats.rate(target))}
        valueText={formats.rate}
        atLeast={target * 1.3}
        series={[
          {
            key: "rate",
            name: t.rate,
            shape: "line",
            tone: "accent",
            values: rates,
            said: lastText,
          },
          {
            key: "target",
            name: t.target,
            shape: "dashed",
            tone: "bad",
            values: minutes.map(() => target),
            said: formats.rate(target),
          },
        ]}
      />
    </Panel>
  );
}

/** How long answered people waited for an agent. */
export function WaitsPlot({ minutes }: { minutes: readonly Minute[] }) {
  const t = useText().tab.waits;
  const formats = useFormats();
  const axis = useMinutes(minutes);
  const p50 = lastKnown(minutes.map((one) => one.wait_p50));
  const p95 = lastKnown(minutes.map((one) => one.wait_p95));
  const seconds = (value: number | null) => (value === null ? "–" : `${formats.decimal(value)} s`);
  if (p50 === null && p95 === null) {
    return (
      <Panel title={t.title} text={t.text}>
        <Text c="dimmed">{t.none}</Text>
      </Panel>
    );
  }
  return (
    <Panel title={t.title} text={t.text}>
      <Plot
        {...axis}
        label={t.summary(seconds(p50), seconds(p95))}
        valueText={(value) => seconds(value)}
        atLeast={CONNECT_WITHIN * 1.25}
        series={[
          {
            key: "p50",
            name: t.p50,
            shape: "line",
            tone: "good",
            values: minutes.map((one) => one.wait_p50),
            said: seconds(p50),
          },
          {
            key: "p95",
            name: t.p95,
            shape: "line",
            tone: "violet",
            values: minutes.map((one) => one.wait_p95),
            said: seconds(p95),
          },
          {
            key: "limit",
            name: t.limit,
            shape: "dashed",
            tone: "bad",
            values: minutes.map(() => CONNECT_WITHIN),
          },
        ]}
      />
    </Panel>
  );
}
