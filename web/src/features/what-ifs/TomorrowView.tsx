import { SimpleGrid, Text } from "@mantine/core";
import type { TomorrowResult, WhatIfSettings } from "@/api/types";
import { Bars } from "@/shared/Bars";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { Comparison } from "./Comparison";
import { AgentsPlot, InAirPlot, RatePlot } from "./DayPlots";
import { useText } from "./messages";
import { type WaitBar, waitBars } from "./wait-bars";

/** A simulated day: compared with the present settings, and over its hours. */
export function TomorrowView(props: { settings: WhatIfSettings; result: TomorrowResult }) {
  const { settings, result } = props;
  const agentless = settings.mode === "agentless";
  return (
    <>
      <Comparison asked={result.asked} present={result.present} agentless={agentless} />
      {agentless ? (
        <InAirPlot settings={settings} series={result.series} />
      ) : (
        <OfAgents settings={settings} result={result} />
      )}
    </>
  );
}

function OfAgents(props: { settings: WhatIfSettings; result: TomorrowResult }) {
  const { settings, result } = props;
  return (
    <>
      <AgentsPlot settings={settings} series={result.series} />
      <SimpleGrid cols={{ base: 1, xl: 2 }}>
        <RatePlot
          settings={settings}
          series={result.series}
          ofDay={result.asked.abandon_rate?.mean ?? null}
        />
        <InAirPlot settings={settings} series={result.series} />
      </SimpleGrid>
      <Waits bars={waitBars(result.waits.edges, result.waits.counts)} />
    </>
  );
}

function Waits({ bars }: { bars: WaitBar[] }) {
  const t = useText().result;
  const formats = useFormats();
  const label = ({ low, high }: WaitBar) => {
    if (low === null) return t.below(formats.decimal(high ?? 0));
    return high === null
      ? t.above(formats.decimal(low))
      : t.between(formats.decimal(low), formats.decimal(high));
  };
  return (
    <Panel title={t.waits} text={t.waitsText}>
      {bars.length === 0 ? (
        <Text c="dimmed">{t.noWaits}</Text>
      ) : (
        <Bars
          label={t.waits}
          bars={bars.map((bar) => ({
            key: `${bar.low}`,
            label: label(bar),
            value: bar.count,
            // Beyond two seconds a person counts as abandoned where laws name a number.
            tone: (bar.low ?? 0) >= 2 ? ("warn" as const) : ("good" as const),
          }))}
        />
      )}
    </Panel>
  );
}
