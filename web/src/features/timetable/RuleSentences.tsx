import { SimpleGrid, Text } from "@mantine/core";
import { useAllCampaigns, useQueues } from "@/api/references";
import type { CampaignRule } from "@/api/types";
import { useText as useRuleText } from "@/features/rule-sets/messages";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import { type RuleWords, sentence } from "./rule-words";
import { useSequences } from "./useTimetable";

/** What a rule waits for, and what it does then. */
export function RuleSentences({ rule }: { rule: CampaignRule }) {
  const t = useText().rules;
  const rules = useRuleText();
  const formats = useFormats();
  const campaigns = useAllCampaigns();
  const sequences = useSequences();
  const queues = useQueues();
  const names = new Map([
    ...(campaigns.data ?? []).map((one) => [one.campaign_id, one.name] as const),
    ...(sequences.data ?? []).map((one) => [one.sequence_id, one.name] as const),
    ...(queues.data ?? []).map((one) => [one.queue_id, one.name] as const),
  ]);
  const words: RuleWords = {
    types: t.types,
    operators: rules.operators,
    modes: useWords().modes,
    days: rules.shortDays.split(" "),
    monthDays: rules.fields.monthDayNames,
    last: t.last,
    everyYear: rules.fields.everyYear.toLowerCase(),
    and: t.and,
    or: t.or,
    nameOf: (id) => names.get(id) ?? "",
    date: (day) => formats.date(`${day}T12:00:00Z`),
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Lines
        title={rule.match === "any" ? t.ifAny : t.ifAll}
        lines={rule.conditions.map((one) => sentence(one, words))}
      />
      <Lines title={t.what} lines={rule.actions.map((one) => sentence(one, words))} />
    </SimpleGrid>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      {lines.map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
    </div>
  );
}
