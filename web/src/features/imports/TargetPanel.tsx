import {
  MultiSelect,
  Radio,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import type { ContactList, OnDuplicate } from "@/api/types";
import { onlyZone, regions, timeZones } from "@/features/contact-lists/places";
import { usePermission } from "@/features/session/session";
import { useLanguage } from "@/i18n/language";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { importedNames, intoList, intoNewList, keyIsFixed, type Wizard } from "./wizard";

interface Props {
  wizard: Wizard;
  lists: ContactList[];
  onChange: (change: (wizard: Wizard) => Wizard) => void;
}

/** Where the contacts go, and what makes two rows the same contact. */
export function TargetPanel({ wizard, lists, onChange }: Props) {
  const t = useText().prepare;
  const language = useLanguage();
  const formats = useFormats();
  const mayMake = usePermission("lists.write");
  const fixed = keyIsFixed(wizard);
  return (
    <Panel title={t.target}>
      <Stack>
        <SegmentedControl
          w="fit-content"
          value={wizard.target}
          data={[
            { value: "new", label: t.targetNew, disabled: !mayMake },
            { value: "existing", label: t.targetExisting, disabled: lists.length === 0 },
          ]}
          onChange={(target) =>
            onChange((now) =>
              target === "new" ? intoNewList(now) : { ...now, target: "existing" },
            )
          }
        />
        {wizard.target === "new" ? (
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label={t.listName}
              required
              value={wizard.listName}
              onChange={(event) => {
                const { value } = event.currentTarget;
                onChange((now) => ({ ...now, listName: value }));
              }}
            />
            <Select
              label={t.region}
              searchable
              allowDeselect={false}
              data={regions(language)}
              value={wizard.region}
              onChange={(region) => {
                if (region === null) return;
                onChange((now) => ({
                  ...now,
                  region,
                  timeZone: onlyZone(region) ?? now.timeZone,
                }));
              }}
            />
            <Select
              label={t.timeZone}
              searchable
              allowDeselect={false}
              limit={80}
              data={timeZones(wizard.timeZone)}
              value={wizard.timeZone}
              onChange={(zone) => onChange((now) => ({ ...now, timeZone: zone ?? now.timeZone }))}
            />
          </SimpleGrid>
        ) : (
          <Select
            label={t.chooseList}
            maw={420}
            searchable
            data={lists.map((list) => ({
              value: list.contact_list_id,
              label: `${list.name} (${formats.count(list.contacts)})`,
            }))}
            value={wizard.list?.contact_list_id ?? null}
            onChange={(id) => {
              const list = lists.find((one) => one.contact_list_id === id);
              if (list) onChange((now) => intoList(now, list));
            }}
          />
        )}
        <MultiSelect
          maw={620}
          label={t.key}
          description={fixed ? t.keyFixed : t.keyHelp}
          data={[...new Set([...importedNames(wizard), ...wizard.keyColumns])]}
          value={wizard.keyColumns}
          disabled={fixed}
          onChange={(keyColumns) => onChange((now) => ({ ...now, keyColumns }))}
        />
        <Switch
          label={t.front}
          description={t.frontHelp}
          checked={wizard.front}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            onChange((now) => ({ ...now, front: checked }));
          }}
        />
        {wizard.keyColumns.length > 0 && (
          <Radio.Group
            label={t.duplicates}
            value={wizard.onDuplicate}
            onChange={(value) => onChange((now) => ({ ...now, onDuplicate: value as OnDuplicate }))}
          >
            <Stack gap={8} mt={6}>
              <Radio value="update" label={t.update} description={t.updateHelp} />
              <Radio value="skip" label={t.skip} description={t.skipHelp} />
            </Stack>
          </Radio.Group>
        )}
      </Stack>
    </Panel>
  );
}
