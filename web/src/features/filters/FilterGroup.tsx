import { ActionIcon, Button, SegmentedControl, Switch } from "@mantine/core";
import { IconFolderPlus, IconPlus, IconTrash } from "@tabler/icons-react";
import { ClauseRow } from "./ClauseRow";
import classes from "./Filters.module.css";
import { type Draft, type GroupDraft, newClause, newGroup, pathOf } from "./filter-draft";
import { useText } from "./messages";
import type { FilterField } from "./types";

const DEEPEST = 4;

interface Props {
  group: GroupDraft;
  fields: readonly FilterField[];
  /** Messages by the path of the part they are about. */
  errors: Readonly<Record<string, string>>;
  at?: string;
  depth?: number;
  onChange: (id: number, by: Draft | null) => void;
}

/** Conditions and groups of which all or one must hold; groups stand inside one another. */
export function FilterGroup({ group, fields, errors, at = "", depth = 1, onChange }: Props) {
  const t = useText().editor;
  const path = pathOf(group, at);
  const change = (part: Partial<GroupDraft>) => onChange(group.id, { ...group, ...part });
  return (
    <fieldset className={classes.group} aria-label={t.group}>
      <div className={classes.head}>
        <SegmentedControl
          aria-label={t.word}
          size="xs"
          value={group.word}
          data={[
            { value: "all", label: t.all },
            { value: "any", label: t.any },
          ]}
          onChange={(word) => change({ word: word as "all" | "any" })}
        />
        <Switch
          size="xs"
          label={t.negated}
          checked={group.negated}
          onChange={(event) => change({ negated: event.currentTarget.checked })}
        />
        <span className={classes.spacer} />
        {depth > 1 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t.removeGroup}
            onClick={() => onChange(group.id, null)}
          >
            <IconTrash size={17} />
          </ActionIcon>
        )}
      </div>
      {group.parts.length === 0 && <p className={classes.hint}>{t.whole}</p>}
      {group.parts.map((part, index) => {
        const place = `${path}[${index}]`;
        return part.kind === "group" ? (
          <FilterGroup
            key={part.id}
            group={part}
            fields={fields}
            errors={errors}
            at={place}
            depth={depth + 1}
            onChange={onChange}
          />
        ) : (
          <ClauseRow
            key={part.id}
            clause={part}
            fields={fields}
            error={errorAt(errors, place)}
            onChange={(clause) => onChange(part.id, clause)}
            onRemove={() => onChange(part.id, null)}
          />
        );
      })}
      <div className={classes.head}>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={15} />}
          onClick={() => change({ parts: [...group.parts, newClause()] })}
        >
          {t.addClause}
        </Button>
        {depth < DEEPEST && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconFolderPlus size={15} />}
            onClick={() => change({ parts: [...group.parts, newGroup()] })}
          >
            {t.addGroup}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** What is wrong at a place, or with a value there. */
function errorAt(errors: Readonly<Record<string, string>>, place: string): string | undefined {
  const key = Object.keys(errors).find((path) => path === place || path.startsWith(`${place}.val`));
  return key === undefined ? undefined : errors[key];
}
