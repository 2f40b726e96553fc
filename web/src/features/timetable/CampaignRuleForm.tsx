import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useAllCampaigns, useQueues } from "@/api/references";
import type { CampaignRule } from "@/api/types";
import { PartFields } from "@/features/rule-sets/ConditionFields";
import { useText as useRuleText } from "@/features/rule-sets/messages";
import { Pieces, type RuleForm } from "@/features/rule-sets/RuleEditor";
import {
  campaignActionTypes,
  figureTypes,
  newPiece,
  OPERATORS,
  type Piece,
  partTypes,
  type RuleSetValues,
  sent,
  taken,
} from "@/features/rule-sets/rule-form";
import { useSession } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import { RecycleFields } from "./RecycleFields";
import { useSequences } from "./useTimetable";

const SINGLE = [...figureTypes, ...partTypes, "week_day_of_month"];
const CONDITIONS = [...SINGLE, "group"];
const MODES = ["progressive", "power", "predictive", "agentless"] as const;

function valuesOf(rule: CampaignRule | null, zone: string): RuleSetValues {
  return {
    name: rule?.name ?? "",
    rules: [],
    active: rule?.active ?? true,
    match: rule?.match ?? "all",
    frequency: rule?.frequency ?? "on_each_trigger",
    time_zone: rule?.time_zone ?? zone,
    conditions: rule?.conditions.map(taken) ?? [newPiece("campaign_progress")],
    actions: rule?.actions.map(taken) ?? [newPiece("turn_on_campaign")],
  };
}

/** A campaign rule: figures and times, and what is done when they hold. */
export function CampaignRuleForm({
  rule,
  onClose,
}: {
  rule: CampaignRule | null;
  onClose: () => void;
}) {
  const t = useText().rules;
  const shared = useSharedText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const form = useForm<RuleSetValues>({ initialValues: valuesOf(rule, zone) });
  const { submit, busy, problem } = useSubmit(form, async ({ rules: _, ...values }) => {
    const body = {
      ...values,
      conditions: (values.conditions as Piece[]).map(sent),
      actions: (values.actions as Piece[]).map(sent),
      version: rule?.version ?? 0,
    };
    if (rule === null) await api.post("/campaign-rules", body);
    else await api.put(`/campaign-rules/${rule.campaign_rule_id}`, body);
    await client.invalidateQueries({ queryKey: ["timetable"] });
    toast.success(t.saved);
    onClose();
  });
  return (
    <FormModal
      open
      size={720}
      title={rule === null ? t.add : t.edit}
      action={shared.save}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      onReload={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <Switch label={t.active} {...form.getInputProps("active", { type: "checkbox" })} />
      <Select
        label={t.match}
        allowDeselect={false}
        data={[
          { value: "all", label: t.all },
          { value: "any", label: t.any },
        ]}
        {...form.getInputProps("match")}
      />
      <Pieces
        form={form}
        path="conditions"
        pieces={form.values.conditions as Piece[]}
        title={t.conditions}
        add={t.addCondition}
        remove={t.removeCondition}
        types={CONDITIONS}
        words={t.types}
        fields={(path, piece) => <Figure form={form} path={path} piece={piece} />}
      />
      <Pieces
        form={form}
        path="actions"
        pieces={form.values.actions as Piece[]}
        title={t.actions}
        add={t.addAction}
        remove={t.removeAction}
        types={campaignActionTypes}
        words={t.types}
        fields={(path, piece) => <Action form={form} path={path} piece={piece} />}
      />
      <Select
        label={t.frequency}
        allowDeselect={false}
        data={[
          { value: "on_each_trigger", label: t.on_each_trigger },
          { value: "once_per_day", label: t.once_per_day },
        ]}
        {...form.getInputProps("frequency")}
      />
      <TextInput label={t.zone} required {...form.getInputProps("time_zone")} />
    </FormModal>
  );
}

interface Props {
  form: RuleForm;
  path: string;
  piece: Piece;
}

function CampaignSelect({ form, path }: { form: RuleForm; path: string }) {
  const t = useText().rules;
  const campaigns = useAllCampaigns();
  return (
    <Select
      w={220}
      searchable
      label={t.campaign}
      data={(campaigns.data ?? []).map((one) => ({ value: one.campaign_id, label: one.name }))}
      {...form.getInputProps(`${path}.campaign_id`)}
    />
  );
}

function ConditionGroup({ form, path, piece }: Props) {
  const t = useText().rules;
  return (
    <>
      <Select
        w={190}
        label={t.match}
        allowDeselect={false}
        data={[
          { value: "all", label: t.all },
          { value: "any", label: t.any },
        ]}
        {...form.getInputProps(`${path}.match`)}
      />
      <Pieces
        form={form}
        path={`${path}.conditions`}
        pieces={piece.conditions ?? []}
        title={t.types.group ?? ""}
        add={t.addCondition}
        remove={t.removeCondition}
        types={SINGLE}
        words={t.types}
        fields={(at, one) => <Figure form={form} path={at} piece={one} />}
      />
    </>
  );
}

function Figure({ form, path, piece }: Props) {
  const t = useText().rules;
  const words = useRuleText();
  if (piece.type === "group") return <ConditionGroup form={form} path={path} piece={piece} />;
  if (piece.type === "week_day_of_month") {
    const days = words.shortDays.split(" ");
    const number = (field: string) => ({
      allowDeselect: false,
      value: String(piece[field]),
      error: form.errors[`${path}.${field}`],
      onChange: (chosen: string | null) =>
        chosen !== null && form.setFieldValue(`${path}.${field}`, Number(chosen)),
    });
    return (
      <>
        <Select
          w={110}
          label={t.week}
          data={["1", "2", "3", "4", "5"].map((week) => ({
            value: week,
            label: week === "5" ? t.last : week,
          }))}
          {...number("week")}
        />
        <Select
          w={110}
          label={t.day}
          data={days.map((name, index) => ({ value: String(index + 1), label: name }))}
          {...number("day")}
        />
      </>
    );
  }
  if (!figureTypes.includes(piece.type)) {
    return <PartFields form={form} path={path} piece={piece} />;
  }
  return (
    <>
      <CampaignSelect form={form} path={path} />
      <Select
        w={150}
        label={words.fields.operator}
        allowDeselect={false}
        data={(OPERATORS.PERIOD ?? []).map((one) => ({
          value: one,
          label: words.operators[one] ?? one,
        }))}
        {...form.getInputProps(`${path}.operator`)}
      />
      <NumberInput w={110} min={0} label={t.value} {...form.getInputProps(`${path}.value`)} />
    </>
  );
}

function Action({ form, path, piece }: Props) {
  const t = useText().rules;
  const words = useWords();
  const sequences = useSequences();
  const queues = useQueues();
  if (piece.type.endsWith("_sequence")) {
    return (
      <Select
        w={220}
        label={t.sequence}
        data={(sequences.data ?? []).map((one) => ({ value: one.sequence_id, label: one.name }))}
        {...form.getInputProps(`${path}.sequence_id`)}
      />
    );
  }
  return (
    <>
      <CampaignSelect form={form} path={path} />
      {piece.type === "recycle" && <RecycleFields form={form} path={path} />}
      {piece.type === "change_queue" && (
        <Select
          w={220}
          label={t.queue}
          data={(queues.data ?? []).map((one) => ({ value: one.queue_id, label: one.name }))}
          {...form.getInputProps(`${path}.queue_id`)}
        />
      )}
      {piece.type === "set_dialing_mode" && (
        <Select
          w={160}
          label={t.value}
          allowDeselect={false}
          data={MODES.map((mode) => ({ value: mode, label: words.modes[mode] }))}
          {...form.getInputProps(`${path}.value`)}
        />
      )}
      {piece.type.startsWith("set_") && piece.type !== "set_dialing_mode" && (
        <NumberInput w={110} min={0} label={t.value} {...form.getInputProps(`${path}.value`)} />
      )}
    </>
  );
}
