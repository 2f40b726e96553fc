import { Select, Stack } from "@mantine/core";
import { useDataActions } from "@/features/data-actions/useDataActions";
import { ColumnInput, Comparison } from "./ConditionFields";
import { useText } from "./messages";
import type { RuleForm } from "./RuleEditor";
import { OPERATORS, type Piece } from "./rule-form";

interface Props {
  form: RuleForm;
  path: string;
  piece: Piece;
}

function useOutputs(piece: Piece): string[] {
  const actions = useDataActions();
  const chosen = (actions.data ?? []).find((one) => one.data_action_id === piece.data_action_id);
  return (chosen?.settings.outputs ?? []).map((output) => output.name);
}

function ActionSelect({ form, path }: Omit<Props, "piece">) {
  const t = useText();
  const actions = useDataActions();
  return (
    <Select
      w={220}
      label={t.fields.dataAction}
      data={(actions.data ?? []).map((one) => ({ value: one.data_action_id, label: one.name }))}
      {...form.getInputProps(`${path}.data_action_id`)}
    />
  );
}

/** A condition about a value that a data action answers, and what counts without an answer. */
export function DataConditionFields({ form, path, piece }: Props) {
  const t = useText();
  const field = `${path}.data_not_found_resolution`;
  return (
    <>
      <ActionSelect form={form} path={path} />
      <Select
        w={170}
        label={t.fields.output}
        data={useOutputs(piece)}
        {...form.getInputProps(`${path}.output`)}
      />
      <Comparison form={form} path={path} piece={piece} types={Object.keys(OPERATORS)} />
      <Select
        w={280}
        label={t.fields.whenMissing}
        allowDeselect={false}
        data={[
          { value: "false", label: t.fields.missingFalse },
          { value: "true", label: t.fields.missingTrue },
        ]}
        value={String(piece.data_not_found_resolution === true)}
        error={form.errors[field]}
        onChange={(chosen) => form.setFieldValue(field, chosen === "true")}
      />
    </>
  );
}

/** What another program is told, and into which columns its answer is written. */
export function DataActionFields({ form, path, piece }: Props) {
  const t = useText();
  return (
    <>
      <ActionSelect form={form} path={path} />
      <Stack gap="xs">
        {useOutputs(piece).map((output) => (
          <ColumnInput
            key={output}
            form={form}
            path={`${path}.write.${output}`}
            label={t.fields.writeInto(output)}
          />
        ))}
      </Stack>
    </>
  );
}
