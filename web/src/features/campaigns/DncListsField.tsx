import { Group, MultiSelect, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useDncLists } from "@/api/references";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

/** The campaign's DNC lists; those of the whole organisation are shown and cannot be left out. */
export function DncListsField() {
  const t = useText().form.basics;
  const form = useCampaignForm();
  const lists = useDncLists();
  const all = lists.data ?? [];
  const wide = all.filter((list) => list.organisation_wide);
  const chosen = form.values.dnc_list_ids;
  return (
    <div>
      <MultiSelect
        label={t.dnc}
        description={t.dncHelp}
        inputWrapperOrder={["label", "input", "description", "error"]}
        placeholder={chosen.length === 0 ? t.noDnc : ""}
        searchable
        clearable
        data={all
          .filter((list) => !list.organisation_wide || chosen.includes(list.dnc_list_id))
          .map((list) => ({ value: list.dnc_list_id, label: list.name }))}
        {...form.getInputProps("dnc_list_ids")}
      />
      {wide.length > 0 && (
        <Group gap={6} mt={6} wrap="nowrap" align="flex-start">
          <IconLock size={15} aria-hidden style={{ flex: "none", marginTop: 2 }} />
          <Text size="sm">
            {t.dncWide} <b>{wide.map((list) => list.name).join(", ")}</b>
          </Text>
        </Group>
      )}
    </div>
  );
}
