import { Autocomplete, Select, TextInput } from "@mantine/core";
import { useEditor } from "../editor-context";

interface Props {
  noun: string;
  label: string;
  error: string | undefined;
  required: boolean;
  size: "xs";
  value: string;
  onChange: (value: unknown) => void;
}

/** A queue, a data source, a prompt…; typed when nothing of its kind can be listed. */
export function ReferenceField({ noun, value, onChange, ...rest }: Props) {
  const known = useEditor().things.byNoun[noun];
  if (known === undefined) {
    return (
      <TextInput
        {...rest}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  if (noun === "prompt") {
    return (
      <Autocomplete
        {...rest}
        data={known.map((one) => one.value)}
        value={value}
        onChange={(next) => onChange(next || undefined)}
      />
    );
  }
  const missing = value !== "" && !known.some((one) => one.value === value);
  return (
    <Select
      {...rest}
      searchable
      clearable
      data={[...known, ...(missing ? [{ value, label: value }] : [])]}
      value={value || null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
