import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { type Amount, inSeconds, splitSeconds, UNIT_SECONDS, type Unit } from "./duration-units";
import { useText } from "./messages";

interface Props {
  label: string;
  description?: string | undefined;
  /** Seconds. */
  value?: number;
  error?: React.ReactNode;
  units?: readonly Unit[];
  disabled?: boolean;
  onChange: (seconds: number) => void;
}

/** Seconds as an amount and a unit. The unit stays as chosen while the amount is typed. */
export function DurationInput(props: Props) {
  const seconds = props.value ?? 0;
  const t = useText();
  const id = useId();
  const units = props.units ?? (["s", "min", "h", "d"] as const);
  const [amount, setAmount] = useState<Amount>(() => splitSeconds(seconds, units));
  useEffect(() => {
    setAmount((kept) => (inSeconds(kept) === seconds ? kept : splitSeconds(seconds, units)));
  }, [seconds, units]);
  const set = (next: Amount) => {
    setAmount(next);
    props.onChange(inSeconds(next));
  };
  return (
    <Input.Wrapper
      label={props.label}
      labelProps={{ htmlFor: id }}
      description={props.description}
      error={props.error}
      inputWrapperOrder={["label", "input", "description", "error"]}
    >
      <Group gap={6} wrap="nowrap" mb={props.description ? 5 : 0}>
        <NumberInput
          id={id}
          w={88}
          min={0}
          max={Math.floor((90 * UNIT_SECONDS.d) / UNIT_SECONDS[amount.unit])}
          allowDecimal={false}
          value={amount.value}
          disabled={props.disabled ?? false}
          error={Boolean(props.error)}
          onChange={(value) => set({ ...amount, value: Number(value) || 0 })}
        />
        <Select
          w={120}
          aria-label={`${props.label}: ${t.units.label}`}
          allowDeselect={false}
          disabled={props.disabled ?? false}
          data={units.map((unit) => ({ value: unit, label: t.units[unit] }))}
          value={amount.unit}
          onChange={(unit) => set({ ...amount, unit: unit as Unit })}
        />
      </Group>
    </Input.Wrapper>
  );
}
