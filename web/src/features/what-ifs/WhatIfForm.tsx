import {
  Button,
  Collapse,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { PaceSettings } from "./PaceSettings";
import { useWhatIfCommands } from "./useWhatIfs";
import {
  MOST_AGENTS,
  MOST_RUNS,
  missingFields,
  type WhatIfValues,
  whatIfBody,
} from "./what-if-form";

interface Props {
  campaignId: string;
  /** Agents of the campaign's queue. */
  members: number;
  initial: WhatIfValues;
  onStarted: (whatIfId: string) => void;
}

export function WhatIfForm({ campaignId, members, initial, onStarted }: Props) {
  const all = useText();
  const t = all.form;
  const shared = useSharedText();
  const { start } = useWhatIfCommands(campaignId);
  const form = useForm<WhatIfValues>({
    initialValues: initial,
    validate: (values) => {
      const { needed, order } = missingFields(values);
      return {
        ...Object.fromEntries(needed.map((field) => [field, shared.needed])),
        ...(order ? { until: t.order } : {}),
      };
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    onStarted((await start(whatIfBody(values))).what_if_id);
  });
  const replay = form.values.kind === "replay";
  const { agentless } = form.values;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        {!agentless && (
          <SegmentedControl
            fullWidth
            aria-label={t.kind}
            data={(["tomorrow", "replay"] as const).map((value) => ({
              value,
              label: all.kinds[value],
            }))}
            {...form.getInputProps("kind")}
          />
        )}
        {replay ? (
          <>
            <TextInput
              type="date"
              required
              label={t.day}
              description={t.dayHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...form.getInputProps("day")}
            />
            <Switch
              label={t.other}
              description={t.otherHelp}
              {...form.getInputProps("other", { type: "checkbox" })}
            />
          </>
        ) : (
          <>
            {agentless ? (
              <NumberInput
                label={t.lines}
                description={t.linesHelp}
                inputWrapperOrder={["label", "input", "description", "error"]}
                min={1}
                max={10_000}
                allowDecimal={false}
                {...form.getInputProps("lines")}
              />
            ) : (
              <NumberInput
                label={t.agents}
                description={t.agentsHelp(members)}
                inputWrapperOrder={["label", "input", "description", "error"]}
                min={1}
                max={MOST_AGENTS}
                allowDecimal={false}
                {...form.getInputProps("agents")}
              />
            )}
            <SimpleGrid cols={2}>
              <TextInput type="time" label={t.from} {...form.getInputProps("from")} />
              <TextInput type="time" label={t.until} {...form.getInputProps("until")} />
            </SimpleGrid>
          </>
        )}
        <Collapse expanded={!agentless && (!replay || form.values.other)}>
          <PaceSettings form={form} />
        </Collapse>
        {!replay && (
          <NumberInput
            label={t.runs}
            description={t.runsHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            min={1}
            max={MOST_RUNS}
            allowDecimal={false}
            {...form.getInputProps("runs")}
          />
        )}
        <Button type="submit" loading={busy}>
          {replay ? t.startReplay : t.start}
        </Button>
      </Stack>
    </form>
  );
}
