import { ActionIcon, Autocomplete, Button, Input } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { nodeOf } from "../document";
import classes from "../Editor.module.css";
import { useEditor, useFinding } from "../editor-context";
import { useText } from "../messages";
import { SettingField, type SettingProps } from "./SettingField";

/** Names with a value each: what a data source is asked, and where its answers go. */
export function MapField({ node, field, path, value, label, onChange }: SettingProps) {
  const t = useText();
  const { document, things } = useEditor();
  const error = useFinding(node, path);
  const inner = field.fields[0];
  if (inner === undefined) return null;
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  const put = (next: [string, unknown][]) =>
    onChange(next.length > 0 ? Object.fromEntries(next) : undefined);
  const source = things.sources[String(nodeOf(document, node)?.source_id ?? "")];
  const names = (field.name === "outputs" ? source?.outputs : source?.inputs) ?? [];
  const free = names.find((name) => !entries.some(([known]) => known === name));
  const fresh = free ?? (entries.some(([name]) => name === "") ? null : "");
  return (
    <Input.Wrapper size="xs" label={label} error={error}>
      <div className={classes.entries}>
        {entries.map(([name, one], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed
          <div key={index} className={classes.pair}>
            <Autocomplete
              size="xs"
              label={t.node.entryName}
              data={names}
              value={name}
              onChange={(next) => {
                if (next !== name && entries.some(([known]) => known === next)) return;
                put(entries.map((pair, at) => (at === index ? [next, one] : pair)));
              }}
            />
            <SettingField
              node={node}
              field={inner}
              path={`${path}.${name}`}
              value={one}
              onChange={(next) =>
                put(entries.map((pair, at) => (at === index ? [name, next ?? ""] : pair)))
              }
            />
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t.node.remove}
              onClick={() => put(entries.filter((_, at) => at !== index))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </div>
        ))}
        {fresh !== null && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => put([...entries, [fresh, ""]])}
          >
            {t.node.add}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  );
}
