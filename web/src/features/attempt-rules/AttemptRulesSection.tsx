import { MultiSelect, Select, SimpleGrid, Stack, TagsInput, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { FlowOutcome, Page, Result } from "@/api/types";
import { useCampaignForm } from "@/features/campaigns/form-context";
import { useText as useOutcomeText } from "@/features/outcomes/messages";
import { Panel } from "@/shared/Panel";
import { useWords } from "@/words/messages";
import { RESULTS } from "@/words/tones";
import { useLimitWords } from "./AttemptLimitsPage";
import { useText } from "./messages";
import { RecallRuleEditor } from "./RecallRuleEditor";
import type { AttemptLimit, NumberOrder, RecallRule } from "./types";

const ORDERS: readonly NumberOrder[] = ["turns", "first", "last_reached", "round"];
/** How a call that a flow had ends: such a call follows the rule for people without one. */
const FLOW_OUTCOMES: readonly FlowOutcome[] = ["FLOW_LEFT", "FLOW_COMPLETED", "FLOW_FAILED"];
const FIRST: RecallRule = {
  steps: [{ after_seconds: 300 }, { after_seconds: 7200 }, { days: 1, at: "10:00" }],
  other_hours: false,
  afterwards: "repeat",
  most: null,
};

export function useAttemptLimits() {
  return useQuery({
    queryKey: ["attempt-limits", "all"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<AttemptLimit>>("/attempt-limits", { signal })).items,
  });
}

/** Attempt limits, the order of numbers and recall rules of a campaign. */
export function AttemptRulesSection() {
  const t = useText();
  const words = useWords();
  const limitWords = useLimitWords();
  const form = useCampaignForm();
  const limits = useAttemptLimits();
  const own = (limits.data ?? []).filter((limit) => limit.scope === "campaign");
  const { values } = form;
  const rules = values.recall_rules;
  const { systemNames } = useOutcomeText();
  const set = (next: typeof rules) => form.setFieldValue("recall_rules", next);
  const ofFlows = values.mode === "agentless" ? FLOW_OUTCOMES : [];
  const possible = [...ofFlows, ...RESULTS.filter((result) => result !== "skipped")];
  const named = (one: Result | FlowOutcome) => systemNames[one] ?? words.results[one as Result];
  const without = possible.filter((one) => !rules[one]);
  return (
    <div id="attempt-rules">
      <Panel title={t.form.title} text={t.form.text}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t.form.order}
              allowDeselect={false}
              data={ORDERS.map((order) => ({ value: order, label: t.orders[order] }))}
              {...form.getInputProps("number_order")}
            />
            <TagsInput
              label={t.form.labels}
              description={t.form.labelsHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              maxTags={20}
              {...form.getInputProps("number_label_order")}
            />
          </SimpleGrid>
          <MultiSelect
            label={t.form.limits}
            description={limits.data && own.length === 0 ? t.form.noLimits : t.form.limitsHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            data={own.map((limit) => ({
              value: limit.attempt_limit_id,
              label: `${limit.name} (${limitWords(limit)})`,
            }))}
            {...form.getInputProps("attempt_limit_ids")}
          />
          <Text fw={620}>{t.form.rules}</Text>
          {[...FLOW_OUTCOMES, ...RESULTS].map((result) => {
            const rule = rules[result];
            if (rule === undefined) return null;
            return (
              <RecallRuleEditor
                key={result}
                name={named(result)}
                rule={rule}
                error={form.errors[`recall_rules.${result}`]}
                dayBegins={values.callable_from}
                attempts={values.max_attempts}
                onChange={(next) => set({ ...rules, [result]: next })}
                onRemove={() => {
                  const { [result]: _, ...others } = rules;
                  set(others);
                }}
              />
            );
          })}
          <Select
            label={t.form.addRule}
            w={{ base: "100%", xs: 280 }}
            value={null}
            data={without.map((result) => ({ value: result, label: named(result) }))}
            onChange={(result) => result && set({ ...rules, [result]: FIRST })}
          />
        </Stack>
      </Panel>
    </div>
  );
}
