import { ActionIcon, Menu, TextInput } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useEditor } from "../editor-context";
import { useText } from "../messages";

interface Props {
  label: string;
  error?: string | undefined;
  required?: boolean;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}

/** Text with {{names}}; the menu inserts one at the end. */
export function TemplateField({ value, onChange, ...rest }: Props) {
  return (
    <TextInput
      size="xs"
      {...rest}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={<InsertMenu onInsert={(name) => onChange(`${value}{{${name}}}`)} />}
    />
  );
}

/** The flow's variables and what is known of the call. */
export function InsertMenu({ onInsert }: { onInsert: (name: string) => void }) {
  const t = useText();
  const { document } = useEditor();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t.node.insert}>
          <IconBraces size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {(document.variables ?? []).map((one) => (
          <Menu.Item key={one.name} onClick={() => onInsert(one.name)}>
            {one.name}
          </Menu.Item>
        ))}
        {(document.variables ?? []).length > 0 && <Menu.Divider />}
        {Object.entries(t.node.call).map(([name, words]) => (
          <Menu.Item key={name} onClick={() => onInsert(`call:${name}`)}>
            {t.node.sources.call} : {words}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => onInsert("person:segment")}>
          {t.node.sources.person} : segment
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
