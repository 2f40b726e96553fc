import {
  Autocomplete,
  Chip,
  Group,
  Input,
  MultiSelect,
  Select,
  Switch,
  TextInput,
} from "@mantine/core";
import { useContactLists, useWrapUpCodes } from "@/api/references";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { DataConditionFields } from "./DataActionFields";
import { useText } from "./messages";
import { Pieces, type RuleForm } from "./RuleEditor";
import { OPERATORS, type Piece, partTypes, TEXT_OPERATORS } from "./rule-form";

interface Props {
  form: RuleForm;
  path: string;
  piece: Piece;
}

const ANALYSED = ["person", "machine", "fax", "sit", "busy", "no_answer", "invalid"];

/** The fields of a condition, by its type. */
export function ConditionFields({ form, path, piece }: Props) {
  const t = useText();
  const words = useWords();
  const formats = useFormats();
  const codes = useWrapUpCodes();
  const results = piece.type === "call_analysis" ? ANALYSED : Object.keys(words.results);
  switch (piece.type) {
    case "wrap_up_code":
      return (
        <MultiSelect
          miw={260}
          label={t.fields.codes}
          data={(codes.data ?? []).map((code) => ({
            value: code.wrap_up_code_id,
            label: formats.name(code),
          }))}
          {...form.getInputProps(`${path}.codes`)}
        />
      );
    case "system_result":
    case "call_analysis":
      return (
        <MultiSelect
          miw={260}
          label={t.fields.results}
          data={results.map((one) => ({
            value: one,
            label: words.results[one as keyof typeof words.results] ?? one,
          }))}
          {...form.getInputProps(`${path}.results`)}
        />
      );
    case "contact_attribute":
      return (
        <>
          <ColumnInput form={form} path={`${path}.column`} />
          <Comparison form={form} path={path} piece={piece} types={Object.keys(OPERATORS)} />
        </>
      );
    case "phone_number":
      return (
        <>
          <OperatorSelect form={form} path={path} operators={TEXT_OPERATORS} />
          <TextInput
            w={190}
            label={t.fields.value}
            inputMode="tel"
            {...form.getInputProps(`${path}.value`)}
          />
        </>
      );
    case "phone_number_type":
      return (
        <TextInput miw={260} label={t.fields.labels} {...form.getInputProps(`${path}.labels`)} />
      );
    case "contact_property":
      return (
        <>
          <Select
            w={200}
            label={t.fields.property}
            allowDeselect={false}
            data={Object.entries(t.properties).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps(`${path}.property`)}
          />
          <Select
            w={190}
            label={t.fields.scope}
            allowDeselect={false}
            data={[
              { value: "overall", label: t.scopes.overall },
              { value: "number", label: t.scopes.number },
            ]}
            value={piece.by_column ? "number" : "overall"}
            onChange={(scope) => form.setFieldValue(`${path}.by_column`, scope === "number")}
          />
          <Comparison form={form} path={path} piece={piece} types={["DATETIME", "PERIOD"]} />
        </>
      );
    case "data_action":
      return <DataConditionFields form={form} path={path} piece={piece} />;
    case "time_and_date":
      return (
        <>
          <TextInput
            w={220}
            label={t.fields.zone}
            placeholder={t.fields.zoneContact}
            {...form.getInputProps(`${path}.time_zone`)}
          />
          <Pieces
            form={form}
            path={`${path}.parts`}
            pieces={piece.parts ?? []}
            title={t.conditionTypes.time_and_date ?? ""}
            add={t.fields.addPart}
            remove={t.fields.removePart}
            types={partTypes}
            typeWidth={190}
            words={t.parts}
            fields={(at, part) => <PartFields form={form} path={at} piece={part} />}
            invertible
          />
        </>
      );
    default:
      return null;
  }
}

/** Columns of any list; others can be typed, the server says whether the campaign's list has them. */
export function ColumnInput(props: {
  form: RuleForm;
  path: string;
  label?: string;
  placeholder?: string;
}) {
  const t = useText();
  const lists = useContactLists();
  const names = new Set(
    (lists.data ?? []).flatMap((one) => one.columns.map((column) => column.name)),
  );
  return (
    <Autocomplete
      w={200}
      label={props.label ?? t.fields.column}
      placeholder={props.placeholder}
      data={[...names].sort()}
      {...props.form.getInputProps(props.path)}
    />
  );
}

function OperatorSelect(props: { form: RuleForm; path: string; operators: readonly string[] }) {
  const t = useText();
  return (
    <Select
      w={160}
      label={t.fields.operator}
      allowDeselect={false}
      data={props.operators.map((one) => ({ value: one, label: t.operators[one] ?? one }))}
      {...props.form.getInputProps(`${props.path}.operator`)}
    />
  );
}

export function Comparison(props: Props & { types: readonly string[] }) {
  const t = useText();
  const { form, path, piece } = props;
  const kind = String(piece.value_type);
  return (
    <>
      <Select
        w={230}
        label={t.fields.compare}
        allowDeselect={false}
        data={props.types.map((one) => ({ value: one, label: t.valueTypes[one] ?? one }))}
        value={kind}
        onChange={(chosen) => {
          if (chosen === null) return;
          form.setFieldValue(path, {
            ...piece,
            value_type: chosen,
            operator: OPERATORS[chosen]?.[0] ?? "EQUALS",
          });
        }}
      />
      <OperatorSelect form={form} path={path} operators={OPERATORS[kind] ?? []} />
      <TextInput
        w={170}
        label={t.fields.value}
        type={kind === "DATETIME" ? "date" : "text"}
        inputMode={kind === "NUMERIC" || kind === "PERIOD" ? "decimal" : "text"}
        {...form.getInputProps(`${path}.value`)}
      />
    </>
  );
}

export function PartFields({ form, path, piece }: Props) {
  const t = useText();
  const days = t.shortDays.split(" ");
  switch (piece.type) {
    case "time_of_day":
      return (
        <>
          <TextInput w={96} label={t.fields.from} {...form.getInputProps(`${path}.start`)} />
          <TextInput w={96} label={t.fields.until} {...form.getInputProps(`${path}.until`)} />
        </>
      );
    case "day_of_week":
      return (
        <Input.Wrapper label={t.parts.day_of_week} error={form.errors[`${path}.days`]}>
          <Chip.Group
            multiple
            value={(Array.isArray(piece.days) ? piece.days : []).map(String)}
            onChange={(chosen) => form.setFieldValue(`${path}.days`, chosen.map(Number).sort())}
          >
            <Group gap={4}>
              {days.map((name, index) => (
                <Chip key={name} value={String(index + 1)} size="xs">
                  {name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      );
    case "day_of_month":
      return (
        <MultiSelect
          w={300}
          maw="100%"
          searchable
          label={t.fields.monthDays}
          data={[
            ...Object.entries(t.fields.monthDayNames).map(([value, label]) => ({ value, label })),
            ...Array.from({ length: 31 }, (_, day) => String(day + 1)),
          ]}
          {...form.getInputProps(`${path}.days`)}
        />
      );
    default:
      return (
        <>
          <TextInput
            w={150}
            type="date"
            label={t.fields.first}
            {...form.getInputProps(`${path}.first`)}
          />
          <TextInput
            w={150}
            type="date"
            label={t.fields.last}
            {...form.getInputProps(`${path}.last`)}
          />
          <Switch
            mt={{ base: 0, sm: 32 }}
            label={t.fields.everyYear}
            {...form.getInputProps(`${path}.every_year`, { type: "checkbox" })}
          />
        </>
      );
  }
}
