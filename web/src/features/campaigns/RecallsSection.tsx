import { Button, Checkbox, NumberInput, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import type { Result } from "@/api/types";
import { DurationInput } from "@/shared/DurationInput";
import { Panel } from "@/shared/Panel";
import { useWords } from "@/words/messages";
import { RESULTS } from "@/words/tones";
import classes from "./CampaignForm.module.css";
import { COMMON_RECALLS, DEFAULT_RECALLS } from "./campaign-form";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const LONG = ["min", "h", "d"] as const;

/** Attempts and what follows each result, in minutes, hours and days. */
export function RecallsSection() {
  const t = useText().form.recalls;
  const form = useCampaignForm();
  const [all, setAll] = useState(false);
  const faulty = RESULTS.filter((result) => form.errors[`recall_seconds.${result}`]);
  const shown = all
    ? RESULTS
    : [...COMMON_RECALLS, ...faulty.filter((result) => !COMMON_RECALLS.includes(result))];
  return (
    <div id="recalls">
      <Panel title={t.title} text={t.text}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NumberInput
              label={t.max}
              min={1}
              max={100}
              allowDecimal={false}
              styles={{ wrapper: { maxWidth: 120 } }}
              {...form.getInputProps("max_attempts")}
            />
            <DurationInput
              label={t.gap}
              description={t.gapHelp}
              units={LONG}
              {...form.getInputProps("minimum_gap_seconds")}
            />
          </SimpleGrid>
          <div className={classes.recalls}>
            {shown.map((result) => (
              <Recall key={result} result={result} />
            ))}
          </div>
          <Button
            variant="subtle"
            size="xs"
            w="fit-content"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all ? t.fewer : t.more}
          </Button>
        </Stack>
      </Panel>
    </div>
  );
}

function Recall({ result }: { result: Result }) {
  const t = useText().form.recalls;
  const words = useWords();
  const form = useCampaignForm();
  const seconds = form.values.recall_seconds[result] ?? null;
  const set = (next: number | null) => form.setFieldValue(`recall_seconds.${result}`, next);
  return (
    <div className={classes.recall}>
      <span className={classes.recallName}>
        {words.results[result]}
        <span className={classes.recallHelp}>{words.resultHelp[result]}</span>
      </span>
      <Checkbox
        label={t.finish}
        checked={seconds === null}
        onChange={(event) =>
          set(event.currentTarget.checked ? null : (DEFAULT_RECALLS[result] ?? 3600))
        }
      />
      <div style={{ minWidth: 206 }}>
        {seconds !== null && (
          <DurationInput
            label={t.again}
            units={LONG}
            value={seconds}
            error={form.errors[`recall_seconds.${result}`]}
            onChange={set}
          />
        )}
      </div>
    </div>
  );
}
