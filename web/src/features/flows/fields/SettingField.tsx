import {
  MultiSelect,
  NativeSelect,
  NumberInput,
  Switch,
  TagsInput,
  TextInput,
} from "@mantine/core";
import { useEditor, useFinding } from "../editor-context";
import { useText } from "../messages";
import type { NodeField } from "../types";
import { FlowConditionEditor } from "./FlowConditionEditor";
import { ListField } from "./ListField";
import { MapField } from "./MapField";
import { PartsField } from "./PartsField";
import { ReferenceField } from "./ReferenceField";
import { TemplateField } from "./TemplateField";
import { TextsField } from "./TextsField";
import { VariableSelect } from "./VariableSelect";

export interface SettingProps {
  node: string;
  field: NodeField;
  /** Of the setting within the node, as findings tell it: `options.0.key`. */
  path: string;
  value: unknown;
  /** `undefined`: back to the default. */
  onChange: (value: unknown) => void;
  label?: string;
}

const KEYS = [..."1234567890*#"];

/** A setting of a node, by the kind of its field. */
export function SettingField(props: SettingProps) {
  const t = useText();
  const { document, things } = useEditor();
  const { node, field, path, value, onChange } = props;
  const error = useFinding(node, path);
  const label = props.label ?? t.fields[field.name] ?? field.name;
  const text = typeof value === "string" ? value : "";
  const common = { size: "xs" as const, label, error, required: field.required };
  switch (field.kind) {
    case "parts":
      return <PartsField {...props} label={label} />;
    case "template":
      return (
        <TemplateField
          label={label}
          error={error}
          required={field.required}
          placeholder={typeof field.default === "string" ? field.default : ""}
          value={text}
          onChange={(next) => onChange(next || undefined)}
        />
      );
    case "whole":
      return (
        <NumberInput
          {...common}
          allowDecimal={false}
          min={field.least}
          max={field.most}
          clampBehavior="none"
          placeholder={String(field.default ?? "")}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
        />
      );
    case "flag":
      return (
        <Switch
          size="sm"
          label={label}
          error={error}
          checked={typeof value === "boolean" ? value : field.default === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <NativeSelect
          {...common}
          value={text || String(field.default ?? "")}
          data={field.choices.map((one) => ({ value: one, label: t.choices[one] ?? one }))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "key":
      return (
        <NativeSelect
          {...common}
          value={typeof value === "string" ? value : String(field.default ?? "")}
          data={[{ value: "", label: t.node.none }, ...KEYS]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "names":
      if (field.noun !== "") {
        return (
          <MultiSelect
            {...common}
            data={things.byNoun[field.noun] ?? []}
            value={Array.isArray(value) ? value.map(String) : []}
            onChange={(next) => onChange(next.length > 0 ? next : undefined)}
          />
        );
      }
      return (
        <TagsInput
          {...common}
          description={t.node.names}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => onChange(next.length > 0 ? next : undefined)}
        />
      );
    case "texts":
      return <TextsField {...props} label={label} />;
    case "language":
      return (
        <NativeSelect
          {...common}
          value={text}
          data={["", ...new Set([...document.languages, text].filter(Boolean))]}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
    case "variable":
      return <VariableSelect {...common} field={field} value={text} onChange={onChange} />;
    case "reference":
      return <ReferenceField {...common} noun={field.noun} value={text} onChange={onChange} />;
    case "condition":
      return <FlowConditionEditor {...props} label={label} />;
    case "list":
      return <ListField {...props} label={label} />;
    case "map":
      return <MapField {...props} label={label} />;
    default:
      return (
        <TextInput
          {...common}
          maxLength={60}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
  }
}
