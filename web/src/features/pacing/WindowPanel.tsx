import { Text } from "@mantine/core";
import type { PacingHistory } from "@/api/types";
import { KeyValues } from "@/shared/KeyValues";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { BudgetMeter } from "./BudgetMeter";
import { useText } from "./messages";

const DAY = 86_400;

/** Whether the rate is that of the counts alone. */
const agrees = ({ rate, abandoned, live }: PacingHistory["window"]): boolean =>
  Math.abs(rate - (live > 0 ? abandoned / live : 0)) < 0.0005;

/** The abandon rate of the law's window, with both denominators and their counts. */
export function WindowPanel({ window }: { window: PacingHistory["window"] }) {
  const t = useText();
  const words = t.tab.window;
  const formats = useFormats();
  const text =
    window.seconds === DAY
      ? words.day
      : window.seconds === 30 * DAY
        ? words["30_days"]
        : words.other(formats.span(window.seconds));
  return (
    <Panel title={words.title} text={text}>
      <BudgetMeter
        counted={{
          rate: window.rate,
          rateOfAll: window.rate_of_all,
          target: window.target,
          live: window.live,
          abandoned: window.abandoned,
          window: "",
        }}
      />
      <KeyValues
        rows={[
          [words.target, formats.rate(window.target)],
          [words.law, formats.rate(window.rate)],
          [words.all, formats.rate(window.rate_of_all)],
          [words.abandoned, formats.count(window.abandoned)],
          [words.live, formats.count(window.live)],
          [words.dialled, formats.count(window.dialled)],
        ]}
      />
      {!agrees(window) && (
        <Text size="xs" c="dimmed" mt="sm">
          {words.lost}
        </Text>
      )}
    </Panel>
  );
}
