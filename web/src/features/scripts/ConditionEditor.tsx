import { ActionIcon, Autocomplete, Button, NativeSelect } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useText as useSharedText } from "@/shared/messages";
import { CompareFields, ConditionGroups, type StatementProps } from "./ConditionGroups";
import { fieldsOf } from "./document";
import classes from "./Editor.module.css";
import { newStatement, OPERATORS } from "./editing";
import { useEditor } from "./editor-context";
import { useText } from "./messages";
import type { Condition, Source, Statement, ValueType, When } from "./types";

interface Props {
  path: string;
  when: When;
  label?: string;
  onChange: (when: Condition | null) => void;
}

/** "Seen if": nothing, or a group of statements. */
export function ConditionEditor({ path, when, label, onChange }: Props) {
  const t = useText().editor;
  if (!when) {
    return (
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange({ all: [newStatement()] })}
      >
        {t.addWhen}
      </Button>
    );
  }
  return (
    <div className={classes.when}>
      <div className={classes.whenHead}>
        <span>{label ?? t.when}</span>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(null)}>
          {t.removeWhen}
        </Button>
      </div>
      <ConditionGroups
        path={path}
        condition={when}
        onChange={onChange}
        row={StatementRow}
        fresh={newStatement}
      />
    </div>
  );
}

const KIND_TYPES: Record<string, ValueType> = { number: "NUMERIC", date: "DATETIME" };

function StatementRow(props: StatementProps<Source>) {
  const t = useText().editor;
  const shared = useSharedText();
  const { document, columns, problems } = useEditor();
  const { one, path } = props;
  const fields = [...fieldsOf(document).values()];
  const problem = problems.find((p) => p.path === path || p.path.startsWith(`${path}.`))?.message;
  const change = (part: Partial<Statement>) => props.onChange({ ...one, ...part });
  const setName = (name: string) => {
    const kind =
      one.of === "column"
        ? columns.find((column) => column.name === name)?.kind
        : fields.find((field) => field.id === name)?.input;
    const type = KIND_TYPES[kind ?? ""] ?? "STRING";
    const fits = type === one.value_type;
    change({
      name,
      value_type: type,
      operator: fits ? one.operator : (OPERATORS[type]?.[0] ?? ""),
    });
  };
  const answered = one.of === "answer" ? fields.find((field) => field.id === one.name) : undefined;
  const possible =
    answered?.input === "yes_no"
      ? [
          { value: "yes", label: shared.yes },
          { value: "no", label: shared.no },
        ]
      : (answered?.choices ?? []).map(({ value, label }) => ({ value, label: label || value }));
  return (
    <div className={classes.statement}>
      <NativeSelect
        size="xs"
        aria-label={t.of}
        value={one.of}
        data={Object.entries(t.sources).map(([value, label]) => ({ value, label }))}
        onChange={(event) => change({ of: event.currentTarget.value as Source, name: "" })}
      />
      {one.of === "column" && (
        <Autocomplete
          size="xs"
          aria-label={t.which}
          placeholder={t.sources.column}
          data={columns.map((column) => column.name)}
          value={one.name ?? ""}
          onChange={setName}
        />
      )}
      {one.of === "answer" && (
        <NativeSelect
          size="xs"
          aria-label={t.which}
          value={one.name ?? ""}
          data={[
            { value: "", label: "—" },
            ...fields.map((field) => ({ value: field.id, label: field.label || field.id })),
          ]}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      {one.of === "agent" && (
        <NativeSelect
          size="xs"
          aria-label={t.which}
          value={one.name ?? ""}
          data={[
            { value: "", label: "—" },
            ...Object.entries(t.agentFacts).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      )}
      <CompareFields one={one} possible={possible} onChange={(part) => change(part)} />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t.removeStatement}
        onClick={() => props.onChange(null)}
      >
        <IconTrash size={16} />
      </ActionIcon>
      {problem && <p className={classes.problem}>{problem}</p>}
    </div>
  );
}
