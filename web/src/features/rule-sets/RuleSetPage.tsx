import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { RuleSet } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
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
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const [deleting, setDeleting] = useState(false);
  const form = useForm<RuleSetValues>({ initialValues: valuesOf(kept) });
  const path = `/rule-sets/${kept.rule_set_id}`;
  const reload = () => client.invalidateQueries({ queryKey: ["rule-sets"] });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.patch(path, { ...bodyOf(values), version: kept.version });
    await reload();
    toast.success(shared.saved);
  });
  return (
    <>
      <PageHeader
        title={kept.name}
        text={`${t.kindTexts[kept.kind]} ${t.order}`}
        above={<BackLink to="/rule-sets">{t.title}</BackLink>}
        beside={<StatusBadge tone="info">{t.kinds[kept.kind]}</StatusBadge>}
      >
        {mayWrite && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => setDeleting(true)}
          >
            {t.remove}
          </Button>
        )}
      </PageHeader>
      <form onSubmit={submit} noValidate>
        <Stack mb="lg">
          <FormProblem problem={problem} onReload={() => void reload()} />
          <TextInput
            maw={480}
            label={t.name}
            required
            readOnly={!mayWrite}
            {...form.getInputProps("name")}
          />
          {form.values.rules.map((rule, index) => (
            <RuleEditor
              key={rule.key}
              form={form}
              index={index}
              kind={kept.kind}
              last={index === form.values.rules.length - 1}
            />
          ))}
          {form.errors.rules && <Text c="red">{form.errors.rules}</Text>}
          {mayWrite && (
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlus size={17} />}
                onClick={() =>
                  form.insertListItem(
                    "rules",
                    newRule(t.rule(form.values.rules.length + 1), kept.kind),
                  )
                }
              >
                {t.addRule}
              </Button>
              <Button type="submit" loading={busy}>
                {shared.save}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <TryOut ruleSet={kept} />
      <ConfirmDialog
        open={deleting}
        danger
        title={t.removeTitle(kept.name)}
        action={t.remove}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          await api.delete(path);
          await navigate({ to: "/rule-sets" });
          await reload();
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}
