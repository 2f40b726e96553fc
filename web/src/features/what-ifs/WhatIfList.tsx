import { Text, UnstyledButton } from "@mantine/core";
import type { WhatIf, WhatIfState } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import { useWhatIf, wholePercent } from "./useWhatIfs";
import classes from "./WhatIfsTab.module.css";

export const STATE_TONES: Record<WhatIfState, Tone> = {
  waiting: "info",
  running: "info",
  complete: "good",
  failed: "bad",
  cancelled: "quiet",
};

interface Props {
  items: readonly WhatIf[];
  chosen: string | null;
  onChoose: (whatIfId: string) => void;
}

/** Earlier what-ifs, the newest first. */
export function WhatIfList({ items, chosen, onChoose }: Props) {
  const t = useText().list;
  return (
    <Panel title={t.title}>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.empty}
        </Text>
      ) : (
        <ul className={classes.list}>
          {items.map((one) => (
            <li key={one.what_if_id}>
              <Item
                listed={one}
                chosen={one.what_if_id === chosen}
                onChoose={() => onChoose(one.what_if_id)}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What is simulated, in a line. */
export function useNameOf(): (whatIf: WhatIf) => string {
  const t = useText().list;
  const words = useWords();
  const formats = useFormats();
  return ({ kind, settings }) => {
    const mode = settings.mode === null ? t.asRecorded : words.modes[settings.mode];
    if (kind === "replay") {
      // A day has no hour: noon is on it in every zone.
      const day = settings.day === null ? "" : formats.date(`${settings.day}T12:00:00.000Z`, "UTC");
      return [t.replayed(day), mode].join(" · ");
    }
    return [...(settings.agents === null ? [] : [t.agents(settings.agents)]), mode].join(" · ");
  };
}

/** "08:00 – 18:00"; "" of a day that is played as it was. */
export const hoursOf = ({ settings: { from, until } }: WhatIf): string =>
  from && until ? `${from} – ${until}` : "";

function Item(props: { listed: WhatIf; chosen: boolean; onChoose: () => void }) {
  const t = useText();
  const formats = useFormats();
  const nameOf = useNameOf();
  const whatIf = useWhatIf(props.listed);
  const running = whatIf.state === "running";
  return (
    <UnstyledButton className={classes.item} aria-pressed={props.chosen} onClick={props.onChoose}>
      <span className={classes.name}>
        {nameOf(whatIf)}
        <StatusBadge tone={STATE_TONES[whatIf.state]} pulse={running}>
          {running ? formats.rate(wholePercent(whatIf.progress)) : t.states[whatIf.state]}
        </StatusBadge>
      </span>
      <span className={classes.note}>
        {[hoursOf(whatIf), formats.dateTime(whatIf.created_at)].filter(Boolean).join(" · ")}
      </span>
    </UnstyledButton>
  );
}
