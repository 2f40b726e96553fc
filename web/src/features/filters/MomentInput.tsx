import { NumberInput, Select, TextInput } from "@mantine/core";
import { readDuration, writeDuration } from "./durations";
import classes from "./Filters.module.css";
import { useText } from "./messages";
import type { DocumentValue } from "./types";

interface Props {
  label: string;
  value: DocumentValue | undefined;
  onChange: (value: DocumentValue) => void;
}

/** A date, or a time before or after the present. */
export function MomentInput({ label, value, onChange }: Props) {
  const t = useText().editor;
  const relative = typeof value === "object" ? readDuration(value.relative) : null;
  const kind = relative === null ? "fixed" : relative.past ? "past" : "future";

  function choose(next: string | null) {
    if (next === "fixed") onChange("");
    else {
      const kept = relative ?? { days: 1, hours: 0, minutes: 0 };
      onChange({ relative: writeDuration({ ...kept, past: next === "past" }) });
    }
  }

  return (
    <fieldset className={classes.moment} aria-label={label}>
      <Select
        aria-label={`${label}: ${t.when}`}
        allowDeselect={false}
        data={[
          { value: "fixed", label: t.fixed },
          { value: "past", label: t.past },
          { value: "future", label: t.future },
        ]}
        value={kind}
        onChange={choose}
      />
      {relative === null ? (
        <TextInput
          type="date"
          aria-label={`${label}: ${t.date}`}
          value={typeof value === "string" ? value.slice(0, 10) : ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        (["days", "hours", "minutes"] as const).map((unit) => (
          <NumberInput
            key={unit}
            aria-label={`${label}: ${t[unit]}`}
            min={0}
            max={unit === "days" ? 36_500 : 999}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            suffix={` ${t.short[unit]}`}
            value={relative[unit]}
            onChange={(next) =>
              onChange({ relative: writeDuration({ ...relative, [unit]: Number(next) || 0 }) })
            }
          />
        ))
      )}
    </fieldset>
  );
}
