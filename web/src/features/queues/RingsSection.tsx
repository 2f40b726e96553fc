import { ActionIcon, Button, MultiSelect, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Panel } from "@/shared/Panel";
import { SecondsField, type SectionProps } from "./fields";
import { useText } from "./messages";
import classes from "./Queues.module.css";
import { RingsPicture } from "./RingsPicture";
import { MOST_RINGS, withRing } from "./routing-form";
import { useSkillChoices } from "./useRouting";

/** The bullseye: how it looks, and each ring's time and dropped skills. */
export function RingsSection(props: SectionProps) {
  const { form, readOnly } = props;
  const t = useText().rings;
  const { choices } = useSkillChoices();
  const { rings, members } = form.values;
  return (
    <Panel title={t.title} text={t.text}>
      <RingsPicture rings={rings} members={members} />
      <Stack>
        {rings.map((ring, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a ring is its number
          <fieldset key={`ring ${index + 1}`} style={{ border: 0, margin: 0, padding: 0 }}>
            <legend style={{ fontWeight: 600, padding: 0 }}>{t.ring(index + 1)}</legend>
            <div className={classes.row}>
              {index < rings.length - 1 && (
                <SecondsField {...props} name={`rings.${index}.seconds`} label={t.stay} />
              )}
              {(index > 0 || ring.drops.length > 0) && (
                <MultiSelect
                  className={classes.grow}
                  label={t.drop}
                  disabled={readOnly}
                  searchable
                  hidePickedOptions
                  data={choices}
                  {...form.getInputProps(`rings.${index}.drops`)}
                />
              )}
              {!readOnly && rings.length > 1 && (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  size="lg"
                  aria-label={t.remove(index + 1)}
                  onClick={() => form.removeListItem("rings", index)}
                >
                  <IconTrash size={17} />
                </ActionIcon>
              )}
            </div>
          </fieldset>
        ))}
        {!readOnly && rings.length < MOST_RINGS && (
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              onClick={() => form.setFieldValue("rings", withRing(rings))}
            >
              {t.add}
            </Button>
          </div>
        )}
      </Stack>
    </Panel>
  );
}
