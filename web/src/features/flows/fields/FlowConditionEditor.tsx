import { ActionIcon, Autocomplete, Button, Input, NativeSelect } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import {
  CompareFields,
  ConditionGroups,
  type StatementProps,
} from "@/features/scripts/ConditionGroups";
import { OPERATORS } from "@/features/scripts/editing";
import { useText as useScriptText } from "@/features/scripts/messages";
import type { ValueType } from "@/features/scripts/types";
import { useText as useSharedText } from "@/shared/messages";
import { newStatement } from "../document";
import classes from "../Editor.module.css";
import { useEditor, useFinding } from "../editor-context";
import { useText } from "../messages";
import type { Condition, Source } from "../types";
import type { SettingProps } from "./SettingField";

/** The builder of scripts, about a flow's variables and what is known of the call. */
export function FlowConditionEditor({ node, path, value, label, onChange }: SettingProps) {
  const scripts = useScriptText().editor;
  const error = useFinding(node, path, true);
  const condition = value as Condition | null | undefined;
  if (!condition) {
    return (
      <Input.Wrapper size="xs" error={error}>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange({ all: [newStatement()] })}
        >
          {label}
        </Button>
      </Input.Wrapper>
    );
  }
  return (
    <Input.Wrapper size="xs" label={label} error={error}>
      <ConditionGroups<Source>
        path={path}
        condition={condition}
        onChange={(next) => onChange(next ?? undefined)}
        row={StatementRow}
        fresh={newStatement}
      />
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(undefined)}>
        {scripts.removeWhen}
      </Button>
    </Input.Wrapper>
  );
}

const TYPES: Record<string, ValueType> = {
  number: "NUMERIC",
  amount: "NUMERIC",
  date: "DATETIME",
};

function StatementRow({ one, onChange }: StatementProps<Source>) {
  const t = useText().node;
  const scripts = useScriptText().editor;
  const shared = useSharedText();
  const { document } = useEditor();
  const variables = document.variables ?? [];
  const variable = one.of === "variable" ? variables.find((v) => v.name === one.name) : undefined;
  const setVariable = (name: string) => {
    const type = TYPES[variables.find((v) => v.name === name)?.type ?? ""] ?? "STRING";
    const fits = type === one.value_type;
    onChange({
      ...one,
      name,
      value_type: type,
      operator: fits ? one.operator : (OPERATORS[type]?.[0] ?? "EQUALS"),
    });
  };
  return (
    <div className={classes.statement}>
      <NativeSelect
        size="xs"
        aria-label={t.of}
        value={one.of}
        data={Object.entries(t.sources).map(([value, label]) => ({ value, label }))}
        onChange={(event) =>
          onChange({ ...one, of: event.currentTarget.value as Source, name: "" })
        }
      />
      {one.of === "variable" ? (
        <NativeSelect
          size="xs"
          aria-label={t.which}
          value={one.name ?? ""}
          data={[{ value: "", label: t.none }, ...variables.map((v) => v.name)]}
          onChange={(event) => setVariable(event.currentTarget.value)}
        />
      ) : one.of === "call" ? (
        <NativeSelect
          size="xs"
          aria-label={t.which}
          value={one.name ?? ""}
          data={[
            { value: "", label: t.none },
            ...Object.entries(t.call).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(event) => onChange({ ...one, name: event.currentTarget.value })}
        />
      ) : (
        <Autocomplete
          size="xs"
          aria-label={t.which}
          data={one.of === "person" ? ["segment"] : []}
          value={one.name ?? ""}
          onChange={(name) => onChange({ ...one, name })}
        />
      )}
      <CompareFields
        one={one}
        possible={
          variable?.type === "yes_no"
            ? [
                { value: "yes", label: shared.yes },
                { value: "no", label: shared.no },
              ]
            : []
        }
        onChange={(part) => onChange({ ...one, ...part })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={scripts.removeStatement}
        onClick={() => onChange(null)}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </div>
  );
}
