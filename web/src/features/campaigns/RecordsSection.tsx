import { NumberInput, Radio, Select, SimpleGrid, Stack, TagsInput } from "@mantine/core";
import { useContactLists } from "@/api/references";
import { Panel } from "@/shared/Panel";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

/** Contacts that are always previewed, and records that belong to an agent. */
export function RecordsSection() {
  const t = useText().form.records;
  const form = useCampaignForm();
  const lists = useContactLists();
  const chosen = lists.data?.find((list) => list.contact_list_id === form.values.contact_list_id);
  const columns = [
    { value: "", label: t.noColumn },
    ...(chosen?.columns ?? []).map((column) => ({ value: column.name, label: column.label })),
  ];
  const below = ["label", "input", "description", "error"] as (
    | "label"
    | "input"
    | "description"
    | "error"
  )[];
  const preview = form.values.mode === "preview";
  return (
    <div id="records">
      <Panel title={preview ? t.ownedTitle : t.title} text={preview ? t.ownedText : t.text}>
        {!preview && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t.previewColumn}
              description={t.previewColumnHelp}
              inputWrapperOrder={below}
              allowDeselect={false}
              data={columns}
              {...form.getInputProps("preview_column")}
            />
            {form.values.preview_column !== "" && (
              <TagsInput
                label={t.previewValues}
                description={t.previewValuesHelp}
                inputWrapperOrder={below}
                required
                {...form.getInputProps("preview_values")}
              />
            )}
          </SimpleGrid>
        )}
        {preview && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t.ownedColumn}
              description={t.ownedColumnHelp}
              inputWrapperOrder={below}
              allowDeselect={false}
              data={columns}
              {...form.getInputProps("agent_owned_column")}
            />
            {form.values.agent_owned_column !== "" && (
              <Stack>
                <Radio.Group label={t.absent} {...form.getInputProps("owner_absent")}>
                  <Stack gap={8} mt={6}>
                    <Radio value="wait" label={t.absents.wait} />
                    <Radio value="anyone" label={t.absents.anyone} />
                  </Stack>
                </Radio.Group>
                {form.values.owner_absent === "anyone" && (
                  <NumberInput
                    label={t.absentHours}
                    min={1}
                    max={720}
                    allowDecimal={false}
                    {...form.getInputProps("owner_absent_hours")}
                  />
                )}
              </Stack>
            )}
          </SimpleGrid>
        )}
      </Panel>
    </div>
  );
}
