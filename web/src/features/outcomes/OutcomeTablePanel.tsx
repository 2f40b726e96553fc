import { Button, Group, MultiSelect, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { MappedOutcome, OutcomeTable, WrapUpFlag } from "@/api/types";
import { useText as useSettingsText } from "@/features/settings/messages";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import classes from "./OutcomeTablePanel.module.css";
import {
  type Changes,
  chosen,
  countOf,
  FLAGS,
  isSystem,
  NOTHING,
  SYSTEM_FLAGS,
  shown,
} from "./outcome-changes";

interface Props {
  /** null: the organisation's table. */
  campaignId: string | null;
  mayWrite: boolean;
}

/** What outcomes mean, as one table that is saved as a whole. */
export function OutcomeTablePanel({ campaignId, mayWrite }: Props) {
  const path = campaignId ? `/campaigns/${campaignId}/wrap-up-mapping` : "/wrap-up-mapping";
  const table = useQuery({
    queryKey: ["outcomes", campaignId ?? "organisation"],
    queryFn: ({ signal }) => api.get<OutcomeTable>(path, { signal }),
  });
  if (table.isPending) return <Loading />;
  if (table.data === undefined) {
    return <LoadError error={table.error} onRetry={() => void table.refetch()} />;
  }
  return <Table key={table.data.version} table={table.data} path={path} mayWrite={mayWrite} />;
}

function Table(props: { table: OutcomeTable; path: string; mayWrite: boolean }) {
  const { table, mayWrite } = props;
  const t = useText();
  const client = useQueryClient();
  const [changes, setChanges] = useState<Changes>(NOTHING);
  const count = countOf(changes);
  const reload = () =>
    Promise.all(
      [["outcomes"], ["wrap-up-codes"]].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  const save = useMutation({
    mutationFn: () =>
      api.patch<OutcomeTable>(props.path, {
        version: table.version,
        outcomes: changes.outcomes,
        ...(changes.default === null ? {} : { default: changes.default }),
      }),
    onSuccess: async () => {
      await reload();
      toast.success(t.saved);
    },
  });
  const set = (outcome: string, flags: WrapUpFlag[] | null) =>
    setChanges((before) => ({ ...before, outcomes: { ...before.outcomes, [outcome]: flags } }));
  const rows = (wanted: boolean) =>
    table.outcomes
      .filter((row) => isSystem(row) === wanted && row.active)
      .map((row) => (
        <Row
          key={row.outcome}
          row={row}
          flags={shown(table, changes, row)}
          inherits={
            changes.outcomes[row.outcome] === null ||
            (changes.outcomes[row.outcome] === undefined && row.source !== "own")
          }
          mayWrite={mayWrite}
          onChange={(flags) => set(row.outcome, flags)}
        />
      ));
  return (
    <Stack>
      <FormProblem problem={save.error} onReload={() => void reload()} />
      {table.campaign_id === null && (
        <Panel title={t.default} text={t.defaultText}>
          <FlagSelect
            label={t.flagsOf(t.default)}
            flags={changes.default ?? table.default}
            possible={FLAGS}
            readOnly={!mayWrite}
            onChange={(flags) => setChanges((before) => ({ ...before, default: flags }))}
          />
        </Panel>
      )}
      <Panel title={t.codes}>
        <div className={classes.rows}>{rows(false)}</div>
      </Panel>
      <Panel title={t.system}>
        <div className={classes.rows}>{rows(true)}</div>
      </Panel>
      {mayWrite && (
        <Group className={classes.foot}>
          <Button disabled={count === 0} loading={save.isPending} onClick={() => save.mutate()}>
            {t.save}
          </Button>
          {count > 0 && (
            <>
              <Button variant="default" onClick={() => setChanges(NOTHING)}>
                {t.undo}
              </Button>
              <Text size="sm" c="dimmed" aria-live="polite">
                {t.changed(count)}
              </Text>
            </>
          )}
        </Group>
      )}
    </Stack>
  );
}

interface RowProps {
  row: MappedOutcome;
  flags: WrapUpFlag[];
  inherits: boolean;
  mayWrite: boolean;
  onChange: (flags: WrapUpFlag[] | null) => void;
}

function Row({ row, flags, inherits, mayWrite, onChange }: RowProps) {
  const t = useText();
  const words = useWords();
  const formats = useFormats();
  const name = isSystem(row)
    ? (words.results[row.outcome as keyof typeof words.results] ??
      t.systemNames[row.outcome] ??
      row.outcome)
    : formats.name(row);
  return (
    <div className={classes.row}>
      <div>
        <Text size="sm" fw={560}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {t.source} {inherits && row.source === "own" ? "…" : t.sources[row.source]}
        </Text>
      </div>
      <FlagSelect
        label={t.flagsOf(name)}
        flags={flags}
        possible={isSystem(row) ? SYSTEM_FLAGS : FLAGS}
        readOnly={!mayWrite}
        onChange={onChange}
      />
      {mayWrite && !inherits && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t.inheritOf(name)}
          onClick={() => onChange(null)}
        >
          {t.inherit}
        </Button>
      )}
    </div>
  );
}

interface FlagProps {
  label: string;
  flags: WrapUpFlag[];
  possible: readonly WrapUpFlag[];
  readOnly: boolean;
  onChange: (flags: WrapUpFlag[]) => void;
}

function FlagSelect({ label, flags, possible, readOnly, onChange }: FlagProps) {
  const t = useText();
  const names = useSettingsText().wrapUps.names;
  return (
    <MultiSelect
      aria-label={label}
      readOnly={readOnly}
      placeholder={flags.length === 0 ? t.none : ""}
      data={possible.map((flag) => ({ value: flag, label: names[flag] }))}
      value={flags}
      onChange={(now) => onChange(chosen(flags, now))}
    />
  );
}
