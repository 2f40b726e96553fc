import { ActionIcon, Select, Tooltip } from "@mantine/core";
import { IconLetterCase, IconTrash } from "@tabler/icons-react";
import { ClauseValues } from "./ClauseValues";
import classes from "./Filters.module.css";
import { type ClauseDraft, fieldKey, withField, withPredicate } from "./filter-draft";
import { useText } from "./messages";
import type { FilterField, Predicate } from "./types";

interface Props {
  clause: ClauseDraft;
  fields: readonly FilterField[];
  error: string | undefined;
  onChange: (clause: ClauseDraft) => void;
  onRemove: () => void;
}

/** One condition: a field, a comparison or its opposite, values. */
export function ClauseRow({ clause, fields, error, onChange, onRemove }: Props) {
  const t = useText();
  const field = fields.find((one) => fieldKey(one) === clause.field);
  const groups = useFieldOptions(fields);
  const gone = clause.field !== "" && field === undefined;
  return (
    <div className={classes.clause}>
      <Select
        aria-label={t.editor.field}
        placeholder={t.editor.field}
        searchable
        allowDeselect={false}
        data={groups}
        value={field ? clause.field : null}
        error={gone ? t.editor.missing : field ? undefined : error}
        onChange={(key) => {
          const next = fields.find((one) => fieldKey(one) === key);
          if (next) onChange(withField(clause, next));
        }}
      />
      <Select
        aria-label={t.editor.predicate}
        allowDeselect={false}
        disabled={!field}
        data={(field?.predicates ?? []).flatMap((predicate) => [
          { value: predicate, label: t.predicates[predicate][0] },
          { value: `!${predicate}`, label: t.predicates[predicate][1] },
        ])}
        value={field ? `${clause.inverted ? "!" : ""}${clause.predicate}` : null}
        onChange={(chosen) => {
          const predicate = (chosen ?? "EQUALS").replace("!", "") as Predicate;
          onChange(withPredicate(clause, predicate, chosen?.startsWith("!") ?? false));
        }}
      />
      {field ? (
        <ClauseValues
          clause={clause}
          field={field}
          error={error}
          onChange={(values) => onChange({ ...clause, values })}
        />
      ) : (
        <div />
      )}
      <div className={classes.tools}>
        {field?.kind === "text" && field.values === null && clause.predicate !== "IS_EMPTY" && (
          <Tooltip label={t.editor.exact}>
            <ActionIcon
              variant={clause.exact ? "filled" : "subtle"}
              aria-label={t.editor.exact}
              aria-pressed={clause.exact}
              onClick={() => onChange({ ...clause, exact: !clause.exact })}
            >
              <IconLetterCase size={17} />
            </ActionIcon>
          </Tooltip>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.editor.removeClause}
          onClick={onRemove}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </div>
    </div>
  );
}

/** Fields to choose from: the list's columns, then properties. */
export function useFieldOptions(fields: readonly FilterField[]) {
  const t = useText();
  const option = (field: FilterField) => ({
    value: fieldKey(field),
    label: field.is_property ? (t.properties[field.name] ?? field.name) : field.label || field.name,
  });
  return [
    { group: t.editor.columns, items: fields.filter((one) => !one.is_property).map(option) },
    { group: t.editor.properties, items: fields.filter((one) => one.is_property).map(option) },
  ];
}
