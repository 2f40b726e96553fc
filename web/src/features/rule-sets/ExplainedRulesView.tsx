import { Text } from "@mantine/core";
import type { ExplainedRules } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { TextLink } from "@/shared/TextLink";
import classes from "./ExplainedRulesView.module.css";
import { useText } from "./messages";

/** Rules before the call that would act on a contact now, and what they would do. */
export function ExplainedRulesView({ rules }: { rules: ExplainedRules }) {
  const t = useText();
  const data = Object.entries(rules.data).map(([column, value]) => `${column}: ${value}`);
  return (
    <section>
      <h3 className={classes.heading}>{t.explained.title}</h3>
      {rules.message !== "" && <Text size="sm">{rules.message}</Text>}
      {rules.fired.length === 0 && rules.code === "" && (
        <Text size="sm" c="dimmed">
          {t.explained.none}
        </Text>
      )}
      <ol className={classes.fired}>
        {rules.fired.map((one) => (
          <li key={`${one.rule_set_id} ${one.rule} ${one.number}`}>
            <TextLink to="/rule-sets/$ruleSetId" params={{ ruleSetId: one.rule_set_id }}>
              {one.rule_set_name} · {one.name}
            </TextLink>
            <Text size="sm" c="dimmed">
              {formatNumber(one.number)}:{" "}
              {one.actions.map((action) => t.actionTypes[action] ?? action).join(", ")}
            </Text>
          </li>
        ))}
      </ol>
      {data.length > 0 && (
        <Text size="sm">
          {t.explained.data} {data.join(", ")}
        </Text>
      )}
    </section>
  );
}
