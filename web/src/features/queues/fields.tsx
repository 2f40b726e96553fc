import { NumberInput, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useText } from "./messages";
import type { RoutingValues } from "./routing-form";

export type RoutingForm = UseFormReturnType<RoutingValues>;

export interface SectionProps {
  form: RoutingForm;
  readOnly: boolean;
}

interface FieldProps extends SectionProps {
  name: string;
  label: string;
  help?: string | undefined;
}

/** A whole number of anything; emptied where the setting may be left out. */
export function NumberField({
  form,
  readOnly,
  name,
  label,
  help,
  suffix,
}: FieldProps & { suffix?: string }) {
  return (
    <NumberInput
      label={label}
      description={help}
      inputWrapperOrder={["label", "input", "description", "error"]}
      allowDecimal={false}
      readOnly={readOnly}
      {...(suffix ? { suffix: ` ${suffix}` } : {})}
      {...form.getInputProps(name)}
    />
  );
}

export function SecondsField(props: FieldProps) {
  return <NumberField {...props} suffix="s" />;
}

/** One of a few values, each with its words. */
export function ChoiceField({
  form,
  readOnly,
  name,
  label,
  words,
}: FieldProps & { words: Record<string, string> }) {
  return (
    <Select
      label={label}
      disabled={readOnly}
      allowDeselect={false}
      data={Object.entries(words).map(([value, text]) => ({ value, label: text }))}
      {...form.getInputProps(name)}
    />
  );
}

/** What an ending is called. */
export function useEndings(): Record<string, string> {
  return useText().limits.endings;
}
