/** The parts of a builder of conditions that scripts and flows share. */

import { Button, NativeSelect, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { IconFolderPlus, IconPlus } from "@tabler/icons-react";
import type { ComponentType } from "react";
import filterClasses from "@/features/filters/Filters.module.css";
import { conditionOf, groupOf, OPERATORS } from "./editing";
import { useText } from "./messages";
import type { Condition, Statement, ValueType } from "./types";

const DEEPEST = 3;

export interface StatementProps<Of> {
  path: string;
  one: Statement<Of>;
  onChange: (one: Statement<Of> | null) => void;
}

interface GroupProps<Of> {
  path: string;
  condition: Condition<Of>;
  depth?: number;
  onChange: (condition: Condition<Of> | null) => void;
  /** Shows one statement. */
  row: ComponentType<StatementProps<Of>>;
  fresh: () => Statement<Of>;
}

/** A group of statements and groups; without any part it is no condition (null). */
export function ConditionGroups<Of>(props: GroupProps<Of>) {
  const t = useText().editor;
  const { depth = 1, row: Row } = props;
  const group = groupOf(props.condition);
  const change = (part: Partial<typeof group>) =>
    props.onChange(conditionOf({ ...group, ...part }));
  const inner = `${props.path}${group.negated ? ".not" : ""}.${group.word}`;
  const setPart = (index: number, part: Condition<Of> | null) => {
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
          <Row key={at} path={at} one={part} onChange={(one) => setPart(index, one)} />
        ) : (
          <ConditionGroups
            key={at}
            path={at}
            condition={part}
            depth={depth + 1}
            onChange={(one) => setPart(index, one)}
            row={Row}
            fresh={props.fresh}
          />
        );
      })}
      <div className={filterClasses.head}>
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => change({ parts: [...group.parts, props.fresh()] })}
        >
          {t.addStatement}
        </Button>
        {depth < DEEPEST && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconFolderPlus size={14} />}
            onClick={() => change({ parts: [...group.parts, { any: [props.fresh()] }] })}
          >
            {t.addGroup}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** How a statement's value is compared, and with what. `possible`: the values to choose from. */
export function CompareFields<Of>(props: {
  one: Statement<Of>;
  possible: readonly { value: string; label: string }[];
  onChange: (part: Partial<Statement<Of>>) => void;
}) {
  const t = useText().editor;
  const { one, possible } = props;
  const setType = (type: ValueType) =>
    props.onChange({ value_type: type, operator: OPERATORS[type]?.[0] ?? "EQUALS" });
  return (
    <>
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
          props.onChange({ operator: value.replace("!", ""), inverted: value.startsWith("!") });
        }}
      />
      {one.operator !== "IS_EMPTY" &&
        (possible.length > 0 && one.value_type === "STRING" ? (
          <NativeSelect
            size="xs"
            aria-label={t.value}
            value={one.value ?? ""}
            data={[{ value: "", label: "—" }, ...possible]}
            onChange={(event) => props.onChange({ value: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            size="xs"
            aria-label={t.value}
            type={one.value_type === "DATETIME" && (one.value ?? "").length <= 10 ? "date" : "text"}
            value={one.value ?? ""}
            onChange={(event) => props.onChange({ value: event.currentTarget.value })}
          />
        ))}
    </>
  );
}
