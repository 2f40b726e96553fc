import { ActionIcon, Menu, Select } from "@mantine/core";
import { IconCopy, IconPlus, IconTrash } from "@tabler/icons-react";
import { timeZones } from "@/features/contact-lists/places";
import { useText } from "./messages";
import { SlotFields } from "./SlotFields";
import classes from "./Slots.module.css";
import { copiedTo, nextSlot, placeOf, WEEKDAYS } from "./time-set-form";
import type { TimeWindow, WeekSlot, WindowKind } from "./types";

interface Props {
  window: TimeWindow;
  /** Where the window stands in the form, for the server's objections. */
  field: string;
  errors: Record<string, React.ReactNode>;
  onChange: (window: TimeWindow) => void;
  onRemove?: () => void;
}

/** The week of a window: per day its slots, drawn and as fields. */
export function WindowEditor({ window, field, errors, onChange, onRemove }: Props) {
  const t = useText().windows;
  const names = useText().weekdays.split(" ");
  const errorOf = (name: string) => errors[`${field}.${name}`] as string | undefined;
  const setKind = (kind: WindowKind) =>
    onChange({
      ...window,
      kind,
      time_zone: kind === "mapped" ? null : (window.time_zone ?? "Africa/Porto-Novo"),
    });
  const setSlots = (slots: WeekSlot[]) => onChange({ ...window, slots });
  return (
    <div>
      <div className={classes.head}>
        <Select
          label={t.kind}
          allowDeselect={false}
          data={Object.entries(t.kinds).map(([value, label]) => ({ value, label }))}
          value={window.kind}
          error={errors[field] as string | undefined}
          onChange={(kind) => setKind(kind as WindowKind)}
        />
        {window.kind !== "mapped" && (
          <Select
            label={window.kind === "zone" ? t.zone : t.zoneUnmapped}
            searchable
            allowDeselect={false}
            limit={80}
            data={timeZones(window.time_zone ?? "")}
            value={window.time_zone}
            error={errorOf("time_zone")}
            onChange={(time_zone) => onChange({ ...window, time_zone })}
          />
        )}
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={t.remove}
            title={t.remove}
            onClick={onRemove}
          >
            <IconTrash size={17} />
          </ActionIcon>
        )}
      </div>
      <p className={classes.help}>{t.help[window.kind]}</p>
      <ul className={classes.week}>
        {WEEKDAYS.map((weekday) => (
          <DayRow
            key={weekday}
            weekday={weekday}
            name={names[weekday - 1] ?? ""}
            window={window}
            errorOf={errorOf}
            onSlots={setSlots}
            onCopy={(to) => onChange(copiedTo(window, weekday, to))}
          />
        ))}
      </ul>
    </div>
  );
}

interface DayProps {
  weekday: number;
  name: string;
  window: TimeWindow;
  errorOf: (name: string) => string | undefined;
  onSlots: (slots: WeekSlot[]) => void;
  onCopy: (to: readonly number[]) => void;
}

function DayRow({ weekday, name, window, errorOf, onSlots, onCopy }: DayProps) {
  const t = useText().windows;
  const { slots } = window;
  const own = slots.flatMap((slot, index) => (slot.weekday === weekday ? [{ slot, index }] : []));
  return (
    <li className={classes.day}>
      <span className={classes.name}>{name}</span>
      <div className={classes.slots}>
        {own.length === 0 && <span className={classes.closed}>{t.closed}</span>}
        {own.map(({ slot, index }, at) => (
          <SlotFields
            key={index}
            slot={slot}
            start={t.start(name, at + 1)}
            until={t.until(name, at + 1)}
            remove={t.removeSlot(name, at + 1)}
            error={errorOf(`slots.${index}`)}
            onChange={(part) =>
              onSlots(slots.map((one, place) => (place === index ? { ...one, ...part } : one)))
            }
            onRemove={() => onSlots(slots.filter((_, place) => place !== index))}
          />
        ))}
        {own.length > 0 && (
          <span className={classes.track} aria-hidden>
            {own.map(({ slot, index }) => {
              const place = placeOf(slot);
              return (
                place && (
                  <span
                    key={index}
                    className={classes.open}
                    style={{ left: `${place.left}%`, width: `${place.width}%` }}
                  />
                )
              );
            })}
          </span>
        )}
      </div>
      <div className={classes.buttons}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.addSlot(name)}
          title={t.addSlot(name)}
          onClick={() => onSlots([...slots, { weekday, ...nextSlot(own.map((one) => one.slot)) }])}
        >
          <IconPlus size={16} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.copy(name)}
              title={t.copy(name)}
            >
              <IconCopy size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onCopy([1, 2, 3, 4, 5].filter((day) => day !== weekday))}>
              {t.copyWeek}
            </Menu.Item>
            <Menu.Item onClick={() => onCopy(WEEKDAYS.filter((day) => day !== weekday))}>
              {t.copyAll}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}
