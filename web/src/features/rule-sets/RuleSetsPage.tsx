import { Button, SegmentedControl, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconGitBranch, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { RuleKind, RuleSet } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

export function RuleSetsPage() {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const [adding, setAdding] = useState(false);
  const list = useKeysetList<RuleSet>(["rule-sets"], "/rule-sets");
  const open = (row: RuleSet) =>
    void navigate({ to: "/rule-sets/$ruleSetId", params: { ruleSetId: row.rule_set_id } });
  const button = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {button}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.rule_set_id}
        onRowClick={open}
        empty={
          <EmptyState icon={IconGitBranch} title={t.nothing.title} text={t.nothing.text}>
            {button}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <TextLink to="/rule-sets/$ruleSetId" params={{ ruleSetId: row.rule_set_id }} fw={560}>
                {row.name}
              </TextLink>
            ),
          },
          { key: "kind", header: t.kind, render: (row) => t.kinds[row.kind] },
          {
            key: "count",
            header: t.count,
            align: "right",
            render: (row) => formats.count(row.rules.length),
          },
          {
            key: "campaigns",
            header: t.campaigns,
            wide: true,
            render: (row) => row.campaigns.join(", ") || <Text c="dimmed">{t.unused}</Text>,
          },
        ]}
      />
      {adding && <NewRuleSet onClose={() => setAdding(false)} onMade={open} />}
    </>
  );
}

function NewRuleSet(props: { onClose: () => void; onMade: (made: RuleSet) => void }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const form = useForm<{ name: string; kind: RuleKind }>({
    initialValues: { name: "", kind: "pre_call" },
  });
  const { submit, busy, problem } = useSubmit(form, async ({ name, kind }) => {
    const first = {
      name: t.rule(1),
      active: false,
      conditions: [],
      actions: [
        kind === "pre_call"
          ? { type: "DO_NOT_DIAL", minutes: null }
          : { type: "SCHEDULE_CALLBACK", minutes: 60 },
      ],
    };
    const made = await api.post<RuleSet>("/rule-sets", { name, kind, rules: [first] });
    await client.invalidateQueries({ queryKey: ["rule-sets"] });
    toast.success(t.made);
    props.onMade(made);
  });
  return (
    <FormModal
      open
      title={t.add}
      action={shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <SegmentedControl
        aria-label={t.kind}
        data={[
          { value: "pre_call", label: t.kinds.pre_call },
          { value: "wrap_up", label: t.kinds.wrap_up },
        ]}
        {...form.getInputProps("kind")}
      />
      <Text size="sm" c="dimmed">
        {t.kindTexts[form.values.kind]}
      </Text>
    </FormModal>
  );
}
