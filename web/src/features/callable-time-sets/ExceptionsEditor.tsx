import { ActionIcon, Button, Checkbox, Group, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useText } from "./messages";
import { SlotFields } from "./SlotFields";
import classes from "./Slots.module.css";
import { type DraftException, nextSlot } from "./time-set-form";

interface Props {
  exceptions: DraftException[];
  errors: Record<string, React.ReactNode>;
  onChange: (exceptions: DraftException[]) => void;
}

const NEW: DraftException = { date: "", yearly: false, name: "", closed: true, slots: [] };

/** Dates that are closed or have slots of their own, once or every year. */
export function ExceptionsEditor({ exceptions, errors, onChange }: Props) {
  const t = useText().exceptions;
  return (
    <>
      {exceptions.length === 0 ? (
        <p className={classes.none}>{t.none}</p>
      ) : (
        <ul className={classes.rows}>
          {exceptions.map((exception, index) => (
            <ExceptionRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a date may be empty or stand twice
              key={index}
              exception={exception}
              number={index + 1}
              errorOf={(name) => errors[`exceptions.${index}${name}`] as string | undefined}
              onChange={(part) =>
                onChange(exceptions.map((one, at) => (at === index ? { ...one, ...part } : one)))
              }
              onRemove={() => onChange(exceptions.filter((_, at) => at !== index))}
            />
          ))}
        </ul>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={15} />}
        onClick={() => onChange([...exceptions, NEW])}
      >
        {t.add}
      </Button>
    </>
  );
}

interface RowProps {
  exception: DraftException;
  number: number;
  errorOf: (name: string) => string | undefined;
  onChange: (part: Partial<DraftException>) => void;
  onRemove: () => void;
}

function ExceptionRow({ exception, number, errorOf, onChange, onRemove }: RowProps) {
  const t = useText().exceptions;
  const { slots } = exception;
  return (
    <li className={classes.row} aria-label={t.of(number)}>
      <TextInput
        type="date"
        label={t.date}
        value={exception.date}
        error={errorOf(".day") ?? errorOf("")}
        onChange={(event) => onChange({ date: event.currentTarget.value })}
      />
      <TextInput
        label={t.name}
        value={exception.name}
        error={errorOf(".name")}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="red"
        size="lg"
        aria-label={t.remove(number)}
        onClick={onRemove}
      >
        <IconTrash size={17} />
      </ActionIcon>
      <div className={classes.below}>
        <Group gap="md">
          <Checkbox
            label={t.yearly}
            checked={exception.yearly}
            onChange={(event) => onChange({ yearly: event.currentTarget.checked })}
          />
          <Checkbox
            label={t.closed}
            checked={exception.closed}
            onChange={(event) =>
              onChange({
                closed: event.currentTarget.checked,
                slots: slots.length > 0 ? slots : [nextSlot([])],
              })
            }
          />
        </Group>
        {!exception.closed && (
          <div className={classes.slots}>
            {slots.map((slot, index) => (
              <SlotFields
                // biome-ignore lint/suspicious/noArrayIndexKey: slots have no other name
                key={index}
                slot={slot}
                start={t.from(index + 1)}
                until={t.until(index + 1)}
                remove={t.removeSlot(index + 1)}
                error={errorOf(`.slots.${index}`)}
                onChange={(part) =>
                  onChange({
                    slots: slots.map((one, at) => (at === index ? { ...one, ...part } : one)),
                  })
                }
                onRemove={() => {
                  const left = slots.filter((_, at) => at !== index);
                  onChange({ slots: left, closed: left.length === 0 });
                }}
              />
            ))}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.addSlot}
              title={t.addSlot}
              onClick={() => onChange({ slots: [...slots, nextSlot(slots)] })}
            >
              <IconPlus size={16} />
            </ActionIcon>
          </div>
        )}
      </div>
    </li>
  );
}
