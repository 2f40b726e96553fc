import { Button, Checkbox, Group, Input, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useContactList } from "@/features/contact-lists/useContactList";
import { FilterDialog } from "@/features/filters/FilterDialog";
import { useText } from "@/features/filters/messages";
import { SortEditor } from "@/features/filters/SortEditor";
import type { ContactListFilter } from "@/features/filters/types";
import { useFilterFields, useFilters } from "@/features/filters/useFilters";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { useCampaignForm } from "./form-context";

/** Whom the campaign calls of its list, and in which order. */
export function ChoiceSection({ campaignId }: { campaignId?: string | undefined }) {
  const t = useText();
  const form = useCampaignForm();
  const listId = form.values.contact_list_id;
  const list = useContactList(listId).data;
  const filters = useFilters(listId);
  const fields = useFilterFields(listId);
  const [edited, setEdited] = useState<ContactListFilter | "new" | null>(null);
  const chosen = form.values.contact_list_filter_ids;
  const known = filters.data;

  // Another list has other filters.
  useEffect(() => {
    if (!known) return;
    const left = chosen.filter((id) => known.some((one) => one.contact_list_filter_id === id));
    if (left.length !== chosen.length) form.setFieldValue("contact_list_filter_ids", left);
  }, [known, chosen, form.setFieldValue]);

  return (
    <div id="choice">
      <Panel title={t.section.title} text={t.section.text}>
        {!listId || !list ? (
          <Text size="sm" c="dimmed">
            {t.section.noList}
          </Text>
        ) : filters.isError ? (
          <LoadError error={filters.error} onRetry={() => void filters.refetch()} />
        ) : (
          <Stack gap="lg">
            <div>
              <Checkbox.Group
                label={t.section.filters}
                description={t.section.filtersHelp}
                {...form.getInputProps("contact_list_filter_ids")}
              >
                <Stack gap={6} my={10}>
                  {known?.length === 0 && (
                    <Text size="sm" c="dimmed">
                      {t.section.none}
                    </Text>
                  )}
                  {known?.map((one) => (
                    <Group key={one.contact_list_filter_id} gap="sm">
                      <Checkbox value={one.contact_list_filter_id} label={one.name} />
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        aria-label={t.edit(one.name)}
                        onClick={() => setEdited(one)}
                      >
                        {t.section.edit}
                      </Button>
                    </Group>
                  ))}
                </Stack>
              </Checkbox.Group>
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<IconPlus size={15} />}
                onClick={() => setEdited("new")}
              >
                {t.newFilter}
              </Button>
            </div>
            <div>
              <Input.Label labelElement="div" mb={6} display="block">
                {t.section.order}
              </Input.Label>
              <SortEditor
                keys={form.values.sort}
                fields={fields.data ?? []}
                errors={(index) => form.errors[`sort[${index}]`]}
                onChange={(keys) => form.setFieldValue("sort", keys)}
              />
              {form.errors.sort && <Input.Error mt={4}>{form.errors.sort}</Input.Error>}
            </div>
            {form.values.sort.length > 0 && (
              <div>
                <Input.Label id="sort-mode" labelElement="div" mb={6} display="block">
                  {t.section.mode}
                </Input.Label>
                <SegmentedControl
                  aria-labelledby="sort-mode"
                  data={[
                    { value: "static", label: t.section.static },
                    { value: "dynamic", label: t.section.dynamic },
                  ]}
                  {...form.getInputProps("sort_mode")}
                />
                <Text size="xs" c="dimmed" mt={4}>
                  {t.section.modeHelp}
                </Text>
              </div>
            )}
          </Stack>
        )}
      </Panel>
      {edited && list && (
        <FilterDialog
          list={list}
          filter={edited === "new" ? null : edited}
          campaignId={campaignId}
          onClose={() => setEdited(null)}
          onSaved={(saved) => {
            if (edited === "new")
              form.setFieldValue("contact_list_filter_ids", [
                ...chosen,
                saved.contact_list_filter_id,
              ]);
          }}
        />
      )}
    </div>
  );
}
