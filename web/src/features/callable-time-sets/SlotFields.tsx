import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import classes from "./Slots.module.css";
import { untilOf, writtenUntil } from "./time-set-form";
import type { Slot } from "./types";

interface Props {
  slot: Slot;
  start: string;
  until: string;
  remove: string;
  error?: string | undefined;
  onChange: (part: Partial<Slot>) => void;
  onRemove: () => void;
}

/** From and until of one slot; a slot that ends with the day ends at 00:00. */
export function SlotFields({ slot, start, until, remove, error, onChange, onRemove }: Props) {
  return (
    <div className={classes.slot}>
      <span className={classes.times} data-wrong={error ? true : undefined}>
        <input
          type="time"
          className={classes.time}
          aria-label={start}
          aria-invalid={error ? true : undefined}
          value={slot.start}
          onChange={(event) => onChange({ start: event.currentTarget.value })}
        />
        <span aria-hidden>–</span>
        <input
          type="time"
          className={classes.time}
          aria-label={until}
          aria-invalid={error ? true : undefined}
          value={untilOf(slot.until)}
          onChange={(event) => onChange({ until: writtenUntil(event.currentTarget.value) })}
        />
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={remove} onClick={onRemove}>
          <IconX size={15} />
        </ActionIcon>
      </span>
      {error && (
        <span className={classes.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
