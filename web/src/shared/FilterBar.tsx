import { Button, Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./FilterBar.module.css";
import { useText } from "./messages";

interface BarProps {
  /** Whether anything is filtered: only then is there something to clear. */
  filtered: boolean;
  onClear: () => void;
  children: ReactNode;
}

/** What narrows a list, above it: side by side, on a phone in two columns. */
export function FilterBar({ filtered, onClear, children }: BarProps) {
  const t = useText();
  return (
    <div className={classes.bar}>
      {children}
      {filtered && (
        <Button variant="subtle" onClick={onClear}>
          {t.clearFilters}
        </Button>
      )}
    </div>
  );
}

interface SelectProps {
  label: string;
  /** The entry that filters nothing; its value is "". */
  any: string;
  options: readonly { value: string; label: string }[];
  value: string;
  onChange: (value: string) => void;
}

/** One of a list, or any. A long list can be searched. */
export function FilterSelect({ label, any, options, value, onChange }: SelectProps) {
  return (
    <Select
      label={label}
      className={classes.select}
      searchable={options.length > 8}
      allowDeselect={false}
      value={value}
      data={[{ value: "", label: any }, ...options]}
      onChange={(chosen) => onChange(chosen ?? "")}
    />
  );
}

interface DateProps {
  label: string;
  /** A day, or a moment; as people of the organisation read their clock. */
  type: "date" | "datetime-local";
  value: string;
  onChange: (value: string) => void;
}

export function FilterDate({ label, type, value, onChange }: DateProps) {
  return (
    <TextInput
      type={type}
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
