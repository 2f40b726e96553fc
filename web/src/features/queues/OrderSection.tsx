import { ActionIcon, Button, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Panel } from "@/shared/Panel";
import { NumberField, SecondsField, type SectionProps } from "./fields";
import { useText } from "./messages";
import classes from "./Queues.module.css";

/** Priority of the queue and of customers' segments, and what waiting adds. */
export function OrderSection(props: SectionProps) {
  const { form, readOnly } = props;
  const t = useText().order;
  const segments = form.values.segment_priorities;
  const wrong = form.errors.segment_priorities;
  return (
    <Panel title={t.title} text={t.text}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberField {...props} name="priority" label={t.priority} />
          <SecondsField {...props} name="ageing_seconds" label={t.ageing} help={t.ageingHelp} />
        </SimpleGrid>
        <Text fw={600}>{t.segments}</Text>
        {segments.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a segment may be empty or stand twice
          <div key={`segment ${index + 1}`} className={classes.row}>
            <TextInput
              className={classes.grow}
              label={t.segment}
              readOnly={readOnly}
              {...form.getInputProps(`segment_priorities.${index}.name`)}
            />
            <NumberField {...props} name={`segment_priorities.${index}.points`} label={t.points} />
            {!readOnly && (
              <ActionIcon
                variant="subtle"
                color="red"
                size="lg"
                aria-label={t.removeSegment(index + 1)}
                onClick={() => form.removeListItem("segment_priorities", index)}
              >
                <IconTrash size={17} />
              </ActionIcon>
            )}
          </div>
        ))}
        {wrong && <Text c="red">{wrong}</Text>}
        {!readOnly && (
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              onClick={() => form.insertListItem("segment_priorities", { name: "", points: 1 })}
            >
              {t.addSegment}
            </Button>
          </div>
        )}
      </Stack>
    </Panel>
  );
}
