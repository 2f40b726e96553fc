import { ActionIcon, Button, Select } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { regionName } from "@/features/contact-lists/places";
import { useLanguage } from "@/i18n/language";
import { useText } from "./messages";
import classes from "./Slots.module.css";
import type { HolidayRule } from "./types";
import { useHolidayCountries } from "./useCallableTimeSets";

interface Props {
  holidays: HolidayRule[];
  errors: Record<string, React.ReactNode>;
  onChange: (holidays: HolidayRule[]) => void;
}

/** Countries whose public holidays are closed, and for whom. */
export function HolidaysEditor({ holidays, errors, onChange }: Props) {
  const t = useText().holidays;
  const language = useLanguage();
  const known = useHolidayCountries();
  const countries = (known.data ?? [])
    .map(({ country }) => ({
      value: country,
      label: `${regionName(country, language)} (${country})`,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  const change = (index: number, part: Partial<HolidayRule>) =>
    onChange(holidays.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  const error = (name: string) => errors[name] as string | undefined;
  return (
    <>
      {holidays.length === 0 ? (
        <p className={classes.none}>{t.none}</p>
      ) : (
        <ul className={classes.rows}>
          {holidays.map((rule, index) => {
            const parts = known.data?.find((one) => one.country === rule.country)?.subdivisions;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a country may stand there twice
              <li key={index} className={classes.holiday}>
                <Select
                  label={t.country}
                  searchable
                  allowDeselect={false}
                  limit={300}
                  data={countries}
                  value={rule.country || null}
                  error={error(`holidays.${index}.country`) ?? error(`holidays.${index}`)}
                  onChange={(country) =>
                    change(index, { country: country ?? "", subdivision: null })
                  }
                />
                <Select
                  label={t.subdivision}
                  placeholder={t.whole}
                  clearable
                  searchable
                  disabled={!parts || parts.length === 0}
                  data={parts ?? []}
                  value={rule.subdivision}
                  error={error(`holidays.${index}.subdivision`)}
                  onChange={(subdivision) => change(index, { subdivision })}
                />
                <Select
                  label={t.appliesTo}
                  allowDeselect={false}
                  data={[
                    { value: "everyone", label: t.everyone },
                    { value: "own_numbers", label: t.ownNumbers },
                  ]}
                  value={rule.applies_to}
                  onChange={(applies_to) =>
                    change(index, { applies_to: applies_to as HolidayRule["applies_to"] })
                  }
                />
                <ActionIcon
                  variant="subtle"
                  color="red"
                  size="lg"
                  aria-label={t.remove(
                    rule.country ? regionName(rule.country, language) : t.country,
                  )}
                  onClick={() => onChange(holidays.filter((_, at) => at !== index))}
                >
                  <IconTrash size={17} />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={15} />}
        onClick={() =>
          onChange([...holidays, { country: "", subdivision: null, applies_to: "own_numbers" }])
        }
      >
        {t.add}
      </Button>
    </>
  );
}
