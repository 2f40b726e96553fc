import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SegmentedControl,
  Textarea,
  TextInput,
} from "@mantine/core";
import { formatNumber } from "@/formats/phone";
import { isEmpty } from "./document";
import { useText } from "./messages";
import classes from "./Run.module.css";
import { shown } from "./shown";
import type { Answer, ColumnConflict, FieldBlock } from "./types";

interface Props {
  field: FieldBlock;
  value: Answer;
  language: string;
  /** Of the field's column. */
  kind: string;
  error: string | undefined;
  conflict: ColumnConflict | undefined;
  onChange: (value: Answer) => void;
  onTheirs: () => void;
  onMine: () => void;
}

const FEW = 4;

/** A field of a script, by its input. */
export function ScriptFieldInput(props: Props) {
  const t = useText().run;
  const { field, conflict } = props;
  return (
    <div className={classes.field} data-field={field.id}>
      {field.read_only ? <Held {...props} /> : <Input {...props} />}
      {conflict && (
        <div className={classes.conflict} role="alert">
          <span>{t.conflict(shown(props.kind, conflict.value, props.language))}</span>
          <Group gap={6}>
            <Button size="compact-xs" variant="default" onClick={props.onTheirs}>
              {t.keepTheirs}
            </Button>
            <Button size="compact-xs" variant="light" onClick={props.onMine}>
              {t.keepMine}
            </Button>
          </Group>
        </div>
      )}
    </div>
  );
}

function Held({ field, value, kind, language }: Props) {
  const t = useText().run;
  const text = Array.isArray(value) ? value.join(", ") : shown(kind, value, language);
  return (
    <dl className={classes.held}>
      <dt>{field.label}</dt>
      <dd>{text || <span className={classes.none}>{t.none}</span>}</dd>
    </dl>
  );
}

function Input({ field, value, error, onChange }: Props) {
  const t = useText().run;
  const text = Array.isArray(value) ? value.join(", ") : value;
  const common = {
    label: field.label,
    required: field.required ?? false,
    description: field.help || undefined,
    error,
  };
  const choices = (field.choices ?? []).map((one) => ({
    value: one.value,
    label: one.label || one.value,
  }));
  switch (field.input) {
    case "long_text":
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "yes_no":
    case "choice": {
      const options =
        field.input === "yes_no"
          ? [
              { value: "yes", label: t.yes },
              { value: "no", label: t.no },
            ]
          : choices;
      if (options.length > FEW) {
        return (
          <NativeSelect
            {...common}
            value={text}
            data={[{ value: "", label: t.choose }, ...options]}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        );
      }
      return (
        <fieldset className={classes.set} aria-label={field.label}>
          <div className={classes.label}>
            {field.label}
            {field.required && <span aria-hidden> *</span>}
          </div>
          {field.help && <div className={classes.help}>{field.help}</div>}
          <Group gap={8}>
            <SegmentedControl
              aria-label={field.label}
              className={classes.options}
              value={text}
              data={options}
              onChange={onChange}
            />
            {!isEmpty(value) && !field.required && (
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange("")}>
                {t.clear}
              </Button>
            )}
          </Group>
          {error && <div className={classes.error}>{error}</div>}
        </fieldset>
      );
    }
    case "choices":
      return (
        <Checkbox.Group {...common} value={Array.isArray(value) ? value : []} onChange={onChange}>
          <Group gap="md" mt={6}>
            {choices.map((one) => (
              <Checkbox key={one.value} value={one.value} label={one.label} />
            ))}
          </Group>
        </Checkbox.Group>
      );
    default: {
      const types = { number: "text", date: "date", time: "time", phone: "tel", text: "text" };
      const day = field.input === "date" ? text.slice(0, 10) : text;
      return (
        <TextInput
          {...common}
          type={types[field.input]}
          inputMode={field.input === "number" ? "decimal" : undefined}
          maxLength={500}
          value={field.input === "phone" ? formatNumber(text) : day}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    }
  }
}
