import { Button, Fieldset, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { RuleSet } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DocumentPage } from "@/shared/DocumentPage";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { RuleEditor } from "./RuleEditor";
import { bodyOf, newRule, type RuleSetValues, valuesOf } from "./rule-form";
import { TryOut } from "./TryOut";
import { useRuleSet } from "./useRuleSets";

export function RuleSetPage() {
  const { ruleSetId } = useParams({ from: "/rule-sets/$ruleSetId" });
  const kept = useRuleSet(ruleSetId);
  if (kept.isPending) return <Loading />;
  if (kept.data === undefined) {
    return <LoadError error={kept.error} onRetry={() => void kept.refetch()} />;
  }
  return <Editor key={kept.data.version} kept={kept.data} />;
}

function Editor({ kept }: { kept: RuleSet }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const mayWrite = usePermission("campaigns.write");
  const form = useForm<RuleSetValues>({ initialValues: valuesOf(kept) });
  const path = `/rule-sets/${kept.rule_set_id}`;
  const { rules } = form.values;
  return (
    <DocumentPage
      title={kept.name}
      text={`${t.kindTexts[kept.kind]} ${t.order}`}
      beside={<StatusBadge tone="info">{t.kinds[kept.kind]}</StatusBadge>}
      list="/rule-sets"
      listTitle={t.title}
      nameLabel={t.name}
      form={form}
      mayWrite={mayWrite}
      reload={() => client.invalidateQueries({ queryKey: ["rule-sets"] })}
      save={async (values) => {
        await api.patch(path, { ...bodyOf(values), version: kept.version });
        toast.success(shared.saved);
      }}
      removal={{
        title: t.removeTitle(kept.name),
        text: t.removeText,
        action: t.remove,
        done: t.removed,
        remove: () => api.delete(path),
      }}
      tools={
        <Button
          variant="default"
          leftSection={<IconPlus size={17} />}
          onClick={() => form.insertListItem("rules", newRule(t.rule(rules.length + 1), kept.kind))}
        >
          {t.addRule}
        </Button>
      }
      after={<TryOut ruleSet={kept} />}
    >
      <Fieldset variant="unstyled" m={0} disabled={!mayWrite}>
        <Stack>
          {rules.map((rule, index) => (
            <RuleEditor
              key={rule.key}
              form={form}
              index={index}
              kind={kept.kind}
              last={index === rules.length - 1}
            />
          ))}
        </Stack>
      </Fieldset>
      {form.errors.rules && <Text c="red">{form.errors.rules}</Text>}
    </DocumentPage>
  );
}
