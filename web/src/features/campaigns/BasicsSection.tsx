import { Input, Select, SimpleGrid, Slider, Text, TextInput } from "@mantine/core";
import { useContactLists } from "@/api/references";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { DncListsField } from "./DncListsField";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const PRIORITIES = [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }));

export function BasicsSection({ fixedList }: { fixedList: boolean }) {
  const words = useText().form;
  const t = words.basics;
  const formats = useFormats();
  const form = useCampaignForm();
  const lists = useContactLists();
  const chosen = lists.data?.find((list) => list.contact_list_id === form.values.contact_list_id);
  const inbound = form.values.mode === "inbound";
  return (
    <div id="basics">
      <Panel title={inbound ? words.inbound.basics : t.title}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t.name} required {...form.getInputProps("name")} />
          <div>
            <Select
              label={inbound ? words.inbound.list : t.list}
              required
              searchable
              disabled={fixedList}
              description={
                inbound
                  ? words.inbound.listHelp
                  : chosen && t.listHelp(formats.count(chosen.contacts))
              }
              inputWrapperOrder={["label", "input", "description", "error"]}
              data={(lists.data ?? []).map((list) => ({
                value: list.contact_list_id,
                label: list.name,
              }))}
              {...form.getInputProps("contact_list_id")}
            />
            {lists.data?.length === 0 && (
              <Text size="sm" c="dimmed" mt={4}>
                {t.noLists} <TextLink to="/imports/new">{t.importFirst}</TextLink>
              </Text>
            )}
          </div>
          {!inbound && (
            <>
              <DncListsField />
              <div>
                <Input.Label id="priority-label" labelElement="div" mb={6}>
                  {t.priority}
                </Input.Label>
                <Slider
                  aria-labelledby="priority-label"
                  thumbLabel={t.priority}
                  min={1}
                  max={5}
                  marks={PRIORITIES}
                  mb={26}
                  {...form.getInputProps("priority")}
                />
                <Text size="xs" c="dimmed">
                  {t.priorityHelp}
                </Text>
              </div>
            </>
          )}
        </SimpleGrid>
      </Panel>
    </div>
  );
}
