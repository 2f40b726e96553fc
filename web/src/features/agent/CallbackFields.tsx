import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  TextInput,
} from "@mantine/core";
import type { ContactNumber } from "@/api/types";
import { LawfulTime } from "@/features/callbacks/LawfulTime";
import { serverNow } from "@/formats/clock";
import { formatNumber } from "@/formats/phone";
import { utcToWall } from "@/formats/time";
import classes from "./CallbackFields.module.css";
import { useText } from "./messages";
import type { CallbackDraft } from "./wrap-up";
import { cityOf } from "./zone";

interface Props {
  attemptId: string;
  value: CallbackDraft;
  numbers: ContactNumber[];
  zone: string;
  /** The code asks for it: it cannot be taken back. */
  required: boolean;
  disabled: boolean;
  problem: string | undefined;
  latestProblem?: string | undefined;
  onChange: (value: CallbackDraft) => void;
}

/** Wall times that are often meant, in the contact's zone. */
function usual(zone: string) {
  const hour = 3600_000;
  const now = serverNow();
  const wall = (ms: number) => utcToWall(new Date(ms).toISOString(), zone);
  const today = wall(now).slice(0, 10);
  const tomorrow = wall(now + 24 * hour).slice(0, 10);
  const tonight = `${today}T17:00`;
  return {
    inOneHour: wall(now + hour),
    tonight: tonight > wall(now) ? tonight : null,
    tomorrow: `${tomorrow}T09:00`,
  };
}

/** "Call back": when, who, which number. */
export function CallbackFields({
  attemptId,
  value,
  numbers,
  zone,
  required,
  disabled,
  problem,
  latestProblem,
  onChange,
}: Props) {
  const t = useText().wrapUp;
  const set = (change: Partial<CallbackDraft>) => onChange({ ...value, ...change });
  const times = usual(zone);
  return (
    <div>
      <Checkbox
        label={t.callback}
        checked={value.on}
        disabled={disabled || (required && value.on)}
        onChange={(event) => set({ on: event.currentTarget.checked })}
      />
      {value.on && (
        <Stack gap="sm" className={classes.fields}>
          <TextInput
            type="datetime-local"
            label={t.callbackAt(cityOf(zone))}
            required
            value={value.wall}
            min={utcToWall(new Date(serverNow()).toISOString(), zone)}
            error={problem}
            onChange={(event) => set({ wall: event.currentTarget.value })}
          />
          <Group gap={6}>
            <Button
              size="compact-xs"
              variant="light"
              onClick={() => set({ wall: times.inOneHour })}
            >
              {t.inOneHour}
            </Button>
            {times.tonight !== null && (
              <Button
                size="compact-xs"
                variant="light"
                onClick={() => set({ wall: times.tonight ?? "" })}
              >
                {t.tonight}
              </Button>
            )}
            <Button size="compact-xs" variant="light" onClick={() => set({ wall: times.tomorrow })}>
              {t.tomorrow}
            </Button>
          </Group>
          <LawfulTime
            path="/agent/callback-check"
            query={{ attempt_id: attemptId, number: value.number }}
            wall={value.wall}
            zone={zone}
            onWall={(wall) => set({ wall })}
          />
          <TextInput
            type="datetime-local"
            label={t.latest(cityOf(zone))}
            value={value.latest ?? ""}
            min={value.wall}
            error={latestProblem}
            onChange={(event) => set({ latest: event.currentTarget.value })}
          />
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t.who}
            value={value.mine ? "mine" : "anyone"}
            data={[
              { value: "mine", label: t.mine },
              { value: "anyone", label: t.anyone },
            ]}
            onChange={(who) => set({ mine: who === "mine" })}
          />
          {numbers.length > 1 && (
            <NativeSelect
              label={t.number}
              value={value.number ?? ""}
              data={[
                { value: "", label: t.sameNumber },
                ...numbers.map((one) => ({
                  value: one.number,
                  label: `${formatNumber(one.number)} · ${one.label}`,
                })),
              ]}
              onChange={(event) => set({ number: event.currentTarget.value || null })}
            />
          )}
          <TextInput
            label={t.callbackNote}
            maxLength={500}
            value={value.note}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
        </Stack>
      )}
    </div>
  );
}
