import { MultiSelect, Switch } from "@mantine/core";
import { useText as useRuleText } from "@/features/rule-sets/messages";
import type { RuleForm } from "@/features/rule-sets/RuleEditor";
import { useWords } from "@/words/messages";
import { useText } from "./messages";

/** Which finished contacts a rule opens again. */
export function RecycleFields({ form, path }: { form: RuleForm; path: string }) {
  const t = useText().rules;
  const words = useWords();
  const rules = useRuleText();
  const check = (field: string, label: string) => (
    <Switch
      mt={8}
      label={label}
      {...form.getInputProps(`${path}.${field}`, { type: "checkbox" })}
    />
  );
  return (
    <>
      <MultiSelect
        miw={260}
        label={rules.fields.results}
        data={Object.entries(words.results).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps(`${path}.results`)}
      />
      {check("unreached", t.unreached)}
      {check("used_up", t.usedUp)}
      {check("reset_counters", t.resetCounters)}
    </>
  );
}
