import { NativeSelect } from "@mantine/core";
import { useEditor } from "../editor-context";
import { useText } from "../messages";
import type { NodeField } from "../types";

/** One of the flow's variables, of the types that fit. */
export function VariableSelect(props: {
  field: NodeField;
  label: string;
  error: string | undefined;
  required: boolean;
  size: "xs";
  value: string;
  onChange: (value: unknown) => void;
}) {
  const t = useText();
  const { document } = useEditor();
  const { field, value, onChange, ...rest } = props;
  const fitting = (document.variables ?? []).filter(
    (one) => field.types.length === 0 || field.types.includes(one.type) || one.name === value,
  );
  const known = fitting.map((one) => one.name);
  return (
    <NativeSelect
      {...rest}
      value={value}
      data={[
        { value: "", label: t.node.none },
        ...known,
        ...(value === "" || known.includes(value) ? [] : [value]),
      ]}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
