import { ActionIcon, Button, Input } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { newEntry } from "../document";
import classes from "../Editor.module.css";
import { useFinding } from "../editor-context";
import { useText } from "../messages";
import { SettingField, type SettingProps } from "./SettingField";

/** Entries with fields of their own: options, branches, questions. */
export function ListField({ node, field, path, value, label, onChange }: SettingProps) {
  const t = useText();
  const error = useFinding(node, path);
  const entries = Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
  const put = (index: number, entry: Record<string, unknown>) =>
    onChange(entries.map((one, at) => (at === index ? entry : one)));
  return (
    <Input.Wrapper size="xs" label={label} error={error} required={field.required}>
      <div className={classes.entries}>
        {entries.map((entry, index) => (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
            key={index}
            className={classes.entry}
            aria-label={`${label} ${t.node.entry(index + 1)}`}
          >
            <div className={classes.entryHead}>
              <span>{t.node.entry(index + 1)}</span>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                disabled={index === 0}
                aria-label={t.node.partUp}
                onClick={() => onChange(raised(entries, index))}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t.node.remove}
                onClick={() => onChange(entries.filter((_, at) => at !== index))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </div>
            {field.fields.map((inner) => (
              <SettingField
                key={inner.name}
                node={node}
                field={inner}
                path={`${path}.${index}.${inner.name}`}
                value={entry[inner.name]}
                onChange={(next) => {
                  const { [inner.name]: _, ...rest } = entry;
                  put(index, next === undefined ? rest : { ...entry, [inner.name]: next });
                }}
              />
            ))}
          </fieldset>
        ))}
        {entries.length < field.most && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...entries, newEntry(field, entries)])}
          >
            {t.node.add}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  );
}

/** The list with one entry a place further up. */
export const raised = <T,>(entries: readonly T[], index: number): T[] => {
  const next = [...entries];
  const [one] = next.splice(index, 1);
  if (one !== undefined) next.splice(Math.max(0, index - 1), 0, one);
  return next;
};
