import { MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import { useDncLists, useTrunks } from "@/api/references";
import { useSkillChoices } from "@/features/queues/useRouting";
import { formatNumber } from "@/formats/phone";
import { ColumnInput } from "./ConditionFields";
import { DataActionFields } from "./DataActionFields";
import { useText } from "./messages";
import type { RuleForm } from "./RuleEditor";
import type { Piece } from "./rule-form";

/** The fields of an action, by its type. */
export function ActionFields({
  form,
  path,
  piece,
}: {
  form: RuleForm;
  path: string;
  piece: Piece;
}) {
  const t = useText();
  switch (piece.type) {
    case "DO_NOT_DIAL":
      return (
        <NumberInput
          w={260}
          min={1}
          label={t.fields.minutesAgain}
          placeholder={t.fields.minutesNever}
          {...form.getInputProps(`${path}.minutes`)}
        />
      );
    case "SCHEDULE_CALLBACK":
      return (
        <NumberInput
          w={130}
          min={1}
          label={t.fields.minutes}
          {...form.getInputProps(`${path}.minutes`)}
        />
      );
    case "MODIFY_CONTACT_ATTRIBUTE":
      return (
        <>
          <ColumnInput form={form} path={`${path}.column`} />
          <Select
            w={170}
            label={t.fields.mode}
            allowDeselect={false}
            data={Object.entries(t.modes).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps(`${path}.mode`)}
          />
          {piece.mode !== "CURRENT_TIME" && (
            <TextInput w={170} label={t.fields.value} {...form.getInputProps(`${path}.value`)} />
          )}
        </>
      );
    case "APPEND_NUMBER_TO_DNC_LIST":
    case "APPEND_CUSTOM_ENTRY_TO_DNC_LIST":
      return (
        <>
          <DncListSelect form={form} path={path} />
          {piece.type === "APPEND_CUSTOM_ENTRY_TO_DNC_LIST" && (
            <ColumnInput form={form} path={`${path}.column`} />
          )}
          <NumberInput
            w={190}
            min={1}
            label={t.fields.days}
            placeholder={t.fields.daysEver}
            {...form.getInputProps(`${path}.days`)}
          />
        </>
      );
    case "DATA_ACTION":
      return <DataActionFields form={form} path={path} piece={piece} />;
    case "SET_CALLER_ID":
      return <CallerIdSelect form={form} path={path} />;
    case "SET_SKILLS":
      return (
        <>
          <SkillsSelect form={form} path={path} />
          <ColumnInput
            form={form}
            path={`${path}.language_column`}
            label={t.fields.languageColumn}
            placeholder={t.fields.languageNone}
          />
        </>
      );
    default:
      return null;
  }
}

function DncListSelect({ form, path }: { form: RuleForm; path: string }) {
  const t = useText();
  const lists = useDncLists();
  return (
    <Select
      w={220}
      label={t.fields.list}
      data={(lists.data ?? []).map((one) => ({ value: one.dnc_list_id, label: one.name }))}
      {...form.getInputProps(`${path}.dnc_list_id`)}
    />
  );
}

function SkillsSelect({ form, path }: { form: RuleForm; path: string }) {
  const t = useText();
  const { choices } = useSkillChoices();
  return (
    <MultiSelect
      miw={260}
      maw={420}
      searchable
      label={t.fields.skills}
      data={choices}
      {...form.getInputProps(`${path}.skills`)}
    />
  );
}

function CallerIdSelect({ form, path }: { form: RuleForm; path: string }) {
  const t = useText();
  const trunks = useTrunks();
  const numbers = [...new Set((trunks.data ?? []).flatMap((trunk) => trunk.caller_ids))];
  return (
    <Select
      w={220}
      label={t.fields.callerId}
      data={numbers.map((number) => ({ value: number, label: formatNumber(number) }))}
      {...form.getInputProps(`${path}.caller_id`)}
    />
  );
}
