import { ActionIcon, Button, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueues } from "@/api/references";
import { Panel } from "@/shared/Panel";
import { ClosingFields } from "./ClosingFields";
import { ChoiceField, NumberField, SecondsField, type SectionProps } from "./fields";
import { useText } from "./messages";
import classes from "./Queues.module.css";
import { newOverflow } from "./routing-form";

const MOST_OVERFLOWS = 5;

/** How many may wait and how long, and where calls go then. */
export function LimitsSection(props: SectionProps & { queueId: string }) {
  const { queueId, ...parts } = props;
  const { form, readOnly } = parts;
  const all = useText();
  const t = all.limits;
  const queues = useQueues();
  const others = (queues.data ?? [])
    .filter((one) => one.queue_id !== queueId)
    .map((one) => ({ value: one.queue_id, label: one.name }));
  const { overflow } = form.values;
  return (
    <Panel title={t.title}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberField {...parts} name="max_waiting" label={t.maxWaiting} help={t.empty} />
          <ChoiceField {...parts} name="when_full" label={t.whenFull} words={t.endings} />
          <SecondsField {...parts} name="max_wait_seconds" label={t.maxWait} help={t.empty} />
          <ChoiceField {...parts} name="when_too_long" label={t.whenTooLong} words={t.endings} />
          <ClosingFields {...parts} />
        </SimpleGrid>
        <Text fw={600}>{t.overflow}</Text>
        {overflow.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a way may stand there twice
          <div key={`overflow ${index + 1}`} className={classes.row}>
            <div className={classes.grow}>
              <ChoiceField
                {...parts}
                name={`overflow.${index}.when`}
                label={t.when}
                words={t.whens}
              />
            </div>
            <SecondsField {...parts} name={`overflow.${index}.seconds`} label={all.seconds} />
            <Select
              className={classes.grow}
              label={t.to}
              disabled={readOnly}
              data={others}
              {...form.getInputProps(`overflow.${index}.to_queue_id`)}
            />
            {!readOnly && (
              <ActionIcon
                variant="subtle"
                color="red"
                size="lg"
                aria-label={t.remove(index + 1)}
                onClick={() => form.removeListItem("overflow", index)}
              >
                <IconTrash size={17} />
              </ActionIcon>
            )}
          </div>
        ))}
        {!readOnly && others.length > 0 && overflow.length < MOST_OVERFLOWS && (
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              onClick={() => form.insertListItem("overflow", newOverflow)}
            >
              {t.add}
            </Button>
          </div>
        )}
      </Stack>
    </Panel>
  );
}
