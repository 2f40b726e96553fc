import { MultiSelect, Select, TagsInput, TextInput } from "@mantine/core";
import { useWrapUpCodes } from "@/api/references";
import { useFormats } from "@/shared/useFormats";
import classes from "./Filters.module.css";
import { type ClauseDraft, valuesOf } from "./filter-draft";
import { MomentInput } from "./MomentInput";
import { useText } from "./messages";
import type { DocumentValue, FilterField } from "./types";

interface Props {
  clause: ClauseDraft;
  field: FilterField;
  error: string | undefined;
  onChange: (values: DocumentValue[]) => void;
}

/** The inputs for a clause's values, by the kind of its field. */
export function ClauseValues({ clause, field, error, onChange }: Props) {
  const t = useText();
  const options = useOptions(field);
  const many = valuesOf(clause.predicate);
  const { values } = clause;
  if (many === 0) return <div />;

  const set = (index: number, value: DocumentValue) => {
    const next = [...values];
    for (let place = 0; place < index; place++) next[place] ??= "";
    next[index] = value;
    onChange(next);
  };
  const isTime = field.kind === "date" || field.kind === "instant";
  if (many === "many" && !isTime) {
    const chosen = values.map(String);
    return options ? (
      <MultiSelect
        aria-label={t.editor.value}
        searchable
        data={options}
        value={chosen}
        onChange={onChange}
        error={error}
      />
    ) : (
      <TagsInput
        aria-label={t.editor.many}
        placeholder={chosen.length === 0 ? t.editor.many : ""}
        value={chosen}
        onChange={onChange}
        acceptValueOnBlur
        error={error}
      />
    );
  }
  const places = many === "many" ? [...values.keys(), values.length] : [...Array(many).keys()];
  return (
    <div className={classes.values}>
      {places.map((index) => {
        const label = many === 2 ? (index === 0 ? t.editor.from : t.editor.until) : t.editor.value;
        const value = values[index];
        if (isTime)
          return (
            <MomentInput
              key={index}
              label={label}
              value={value}
              onChange={(next) => set(index, next)}
            />
          );
        if (options)
          return (
            <Select
              key={index}
              aria-label={label}
              searchable
              allowDeselect={false}
              data={options}
              value={value === undefined ? null : String(value)}
              onChange={(next) => set(index, next ?? "")}
              error={index === 0 ? error : undefined}
            />
          );
        return (
          <TextInput
            key={index}
            aria-label={label}
            {...(many === 2 ? { placeholder: label } : {})}
            inputMode={field.kind === "number" ? "decimal" : "text"}
            value={value === undefined ? "" : String(value)}
            onChange={(event) => set(index, event.currentTarget.value)}
            error={index === 0 ? error : undefined}
          />
        );
      })}
    </div>
  );
}

/** What can be chosen, where all values are known; null: any text. */
function useOptions(field: FilterField): { value: string; label: string }[] | null {
  const t = useText();
  const formats = useFormats();
  const isCode = field.name.startsWith("last_wrap_up_code_id") && field.is_property;
  const codes = useWrapUpCodes().data;
  if (isCode)
    return (codes ?? []).map((code) => ({
      value: code.wrap_up_code_id,
      label: formats.name(code),
    }));
  return field.values?.map((value) => ({ value, label: t.values[value] ?? value })) ?? null;
}
