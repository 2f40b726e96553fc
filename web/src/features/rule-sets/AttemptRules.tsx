import { Text } from "@mantine/core";
import { useText } from "./messages";
import { useAttemptFirings } from "./useRuleSets";

/** In an attempt's details: the rules that acted before the call and at its wrap-up. */
export function AttemptRules({ attemptId }: { attemptId: string }) {
  const t = useText();
  const firings = useAttemptFirings(attemptId);
  if (firings.data === undefined || firings.data.length === 0) return null;
  return (
    <section>
      <Text fw={600} mt="md" mb={4}>
        {t.ofAttempt}
      </Text>
      {firings.data.map((one) => (
        <Text key={one.rule_firing_id} size="sm">
          {t.kinds[one.kind]} : {one.name} (
          {one.actions.map((action) => t.actionTypes[action] ?? action).join(", ")})
        </Text>
      ))}
    </section>
  );
}
