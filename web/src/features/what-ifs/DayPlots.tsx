import type { Band, TomorrowResult, WhatIfSettings } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { Plot } from "@/shared/plot/Plot";
import type { Series } from "@/shared/plot/series";
import type { Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { clockOf, meanOf, minutesOfDay } from "./day";
import { useText } from "./messages";

interface Props {
  settings: WhatIfSettings;
  series: TomorrowResult["series"];
}

const bandOf = (key: string, name: string, tone: Tone, { mean, low, high }: Band): Series => ({
  key,
  name,
  tone,
  shape: "line",
  values: mean,
  low,
  high,
});

function useDay({ settings, series }: Props) {
  const t = useText().result;
  return {
    minutes: minutesOfDay(settings, series.minutes),
    minuteText: clockOf,
    minuteName: t.time,
  };
}

/** How many agents talk, are ready and wrap up. */
export function AgentsPlot(props: Props) {
  const t = useText().result;
  const formats = useFormats();
  const day = useDay(props);
  const { talking, ready, after_call } = props.series;
  const mean = (band: Band) => formats.decimal(meanOf(band.mean), 1);
  return (
    <Panel title={t.agents} text={t.bands}>
      <Plot
        {...day}
        label={t.agentsSummary(mean(talking), mean(ready))}
        valueText={(value) => formats.decimal(value, 1)}
        atLeast={4}
        series={[
          { ...bandOf("talking", t.talking, "good", talking), said: mean(talking) },
          { ...bandOf("ready", t.ready, "info", ready), said: mean(ready) },
          { ...bandOf("after_call", t.afterCall, "accent", after_call), said: mean(after_call) },
        ]}
      />
    </Panel>
  );
}

/** The abandon rate over the day against the target; `ofDay` is made from the day's sums. */
export function RatePlot(props: Props & { ofDay: number | null }) {
  const t = useText().result;
  const formats = useFormats();
  const day = useDay(props);
  const rate = props.series.abandon_rate;
  const target = props.settings.abandon_target;
  const ofDay = props.ofDay === null ? "–" : formats.rate(props.ofDay);
  const limit = target === null ? "–" : formats.rate(target);
  return (
    <Panel title={t.rate}>
      <Plot
        {...day}
        label={t.rateSummary(ofDay, limit)}
        valueText={formats.rate}
        atLeast={(target ?? 0.01) * 1.3}
        series={[
          { ...bandOf("rate", t.rateLine, "accent", rate), said: ofDay },
          ...(target === null
            ? []
            : [
                {
                  key: "target",
                  name: t.target,
                  tone: "bad" as const,
                  shape: "dashed" as const,
                  values: day.minutes.map(() => target),
                  said: limit,
                },
              ]),
        ]}
      />
    </Panel>
  );
}

/** Calls that have reached nobody yet. */
export function InAirPlot(props: Props) {
  const t = useText().result;
  const formats = useFormats();
  const day = useDay(props);
  const mean = formats.decimal(meanOf(props.series.in_air.mean), 1);
  return (
    <Panel title={t.inAir}>
      <Plot
        {...day}
        label={t.inAirSummary(mean)}
        valueText={(value) => formats.decimal(value, 1)}
        atLeast={4}
        series={[{ ...bandOf("in_air", t.inAir, "violet", props.series.in_air), said: mean }]}
      />
    </Panel>
  );
}
