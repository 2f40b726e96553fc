import {
  ActionIcon,
  Autocomplete,
  Button,
  NativeSelect,
  SegmentedControl,
  Switch,
  TextInput,
} from "@mantine/core";
import { IconFolderPlus, IconPlus, IconTrash } from "@tabler/icons-react";
import filterClasses from "@/features/filters/Filters.module.css";
import { useText as useSharedText } from "@/shared/messages";
import { fieldsOf } from "./document";
import classes from "./Editor.module.css";
import { conditionOf, groupOf, newStatement, OPERATORS } from "./editing";
import { useEditor } from "./editor-context";
import { useText } from "./messages";
import type { Condition, Source, Statement, ValueType, When } from "./types";

const DEEPEST = 3;

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
      <GroupEditor path={path} condition={when} depth={1} onChange={onChange} />
    </div>
  );
}

function GroupEditor(props: {
  path: string;
  condition: Condition;
  depth: number;
  onChange: (condition: Condition | null) => void;
}) {
  const t = useText().editor;
  const group = groupOf(props.condition);
  const change = (part: Partial<typeof group>) =>
    props.onChange(conditionOf({ ...group, ...part }));
  const inner = `${props.path}${group.negated ? ".not" : ""}.${group.word}`;
  const setPart = (index: number, part: Condition | null) => {
    const parts = group.parts.flatMap((one, at) => (at === index ? (part ?? []) : one));
    if (parts.length === 0) props.onChange(null);
    else change({ parts });
  };
  return (
    <fieldset className={filterClasses.group} aria-label={t.word}>
      <div className={filterClasses.head}>
        <SegmentedControl
          aria-label={t.word}
          size="xs"
          value={group.word}
          data={[
            { value: "all", label: t.all },
            { value: "any", label: t.any },
          ]}
          onChange={(word) => change({ word: word as "all" | "any" })}
        />
        <Switch
          size="xs"
          label={t.not}
          checked={group.negated}
          onChange={(event) => change({ negated: event.currentTarget.checked })}
        />
      </div>
      {group.parts.map((part, index) => {
        const at = `${inner}.${index}`;
        return "of" in part ? (
          <StatementRow key={at} path={at} one={part} onChange={(one) => setPart(index, one)} />
        ) : (
          <GroupEditor
            key={at}
            path={at}
            condition={part}
            depth={props.depth + 1}
            onChange={(one) => setPart(index, one)}
          />
        );
      })}
      <div className={filterClasses.head}>
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => change({ parts: [...group.parts, newStatement()] })}
        >
          {t.addStatement}
        </Button>
        {props.depth < DEEPEST && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconFolderPlus size={14} />}
            onClick={() => change({ parts: [...group.parts, { any: [newStatement()] }] })}
          >
            {t.addGroup}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

const KIND_TYPES: Record<string, ValueType> = { number: "NUMERIC", date: "DATETIME" };

function StatementRow(props: {
  path: string;
  one: Statement;
  onChange: (one: Statement | null) => void;
}) {
  const t = useText().editor;
  const shared = useSharedText();
  const { document, columns, problems } = useEditor();
  const { one, path } = props;
  const fields = [...fieldsOf(document).values()];
  const problem = problems.find((p) => p.path === path || p.path.startsWith(`${path}.`))?.message;
  const change = (part: Partial<Statement>) => props.onChange({ ...one, ...part });
  const setType = (type: ValueType) =>
    change({ value_type: type, operator: OPERATORS[type]?.[0] ?? "EQUALS" });
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
      <NativeSelect
        size="xs"
        aria-label={t.compare}
        value={one.value_type}
        data={Object.entries(t.valueTypes).map(([value, label]) => ({ value, label }))}
        onChange={(event) => setType(event.currentTarget.value as ValueType)}
      />
      <NativeSelect
        size="xs"
        aria-label={t.operator}
        value={`${one.inverted ? "!" : ""}${one.operator}`}
        data={(OPERATORS[one.value_type] ?? []).flatMap((operator) => [
          { value: operator, label: t.operators[operator] ?? operator },
          { value: `!${operator}`, label: `${t.not} : ${t.operators[operator] ?? operator}` },
        ])}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change({ operator: value.replace("!", ""), inverted: value.startsWith("!") });
        }}
      />
      {one.operator !== "IS_EMPTY" &&
        (possible.length > 0 && one.value_type === "STRING" ? (
          <NativeSelect
            size="xs"
            aria-label={t.value}
            value={one.value ?? ""}
            data={[{ value: "", label: "—" }, ...possible]}
            onChange={(event) => change({ value: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            size="xs"
            aria-label={t.value}
            type={one.value_type === "DATETIME" && (one.value ?? "").length <= 10 ? "date" : "text"}
            value={one.value ?? ""}
            onChange={(event) => change({ value: event.currentTarget.value })}
          />
        ))}
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
