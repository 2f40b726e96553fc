import { Alert, Button, Group, NumberInput, Stack, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import classes from "./Retention.module.css";
import type { DataClass, Kept, Retention, RetentionRun } from "./types";

interface Props {
  retention: Retention;
  mayWrite: boolean;
  onChanged: () => void;
}

/** null: for ever; empty while it is being typed. */
type Days = Record<string, number | null | "">;

/** How long each class is kept, what would go now, and the removal by hand. */
export function ClassesPanel({ retention, mayWrite, onChanged }: Props) {
  const t = useText();
  const [days, setDays] = useState<Days>(
    Object.fromEntries(retention.classes.map((one) => [one.data_class, one.days])),
  );
  const [counts, setCounts] = useState<Partial<Record<DataClass, number>> | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [asking, { open, close }] = useDisclosure(false);
  const fields = problem instanceof ApiError ? problem.fields : {};
  const held = retention.holds.some((one) => one.number === null && one.ended_at === null);

  async function send(work: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  const save = () =>
    send(async () => {
      const changed = retention.classes.filter((one) => days[one.data_class] !== one.days);
      await api.patch("/retention", {
        version: retention.version,
        days: Object.fromEntries(changed.map((one) => [one.data_class, days[one.data_class]])),
      });
      toast.success(t.saved);
      onChanged();
    });
  const count = () =>
    send(async () => {
      const answer = await api.get<{ counts: Partial<Record<DataClass, number>> }>(
        "/retention/preview",
      );
      setCounts(answer.counts);
    });

  return (
    <Panel title={t.kept}>
      <Stack>
        <FormProblem
          problem={Object.keys(fields).length > 0 ? null : problem}
          onReload={onChanged}
        />
        {held && (
          <Alert color="yellow" role="status">
            {t.holds.allHeld}
          </Alert>
        )}
        <ul className={classes.rows}>
          {retention.classes.map((one) => (
            <ClassRow
              key={one.data_class}
              kept={one}
              days={days[one.data_class] ?? null}
              count={counts?.[one.data_class]}
              error={fields[`days.${one.data_class}`]}
              mayWrite={mayWrite}
              onChange={(value) => setDays((now) => ({ ...now, [one.data_class]: value }))}
            />
          ))}
        </ul>
        {counts !== null && Object.values(counts).every((count) => count === 0) && (
          <Text size="sm" role="status">
            {t.wouldNothing}
          </Text>
        )}
        <Group>
          {mayWrite && (
            <Button loading={busy} onClick={() => void save()}>
              {t.save}
            </Button>
          )}
          <Button variant="default" loading={busy} onClick={() => void count()}>
            {t.preview}
          </Button>
          {mayWrite && (
            <Button variant="default" color="red" disabled={held} onClick={open}>
              {t.run}
            </Button>
          )}
        </Group>
      </Stack>
      <ConfirmDialog
        open={asking}
        danger
        title={t.runTitle}
        action={t.run}
        onClose={close}
        onConfirm={async () => {
          const run = await api.post<RetentionRun>("/retention/run");
          const removed = Object.values(run.removed).reduce((sum, count) => sum + count, 0);
          toast.success(removed > 0 ? t.ran : t.ranNothing);
          setCounts(null);
          onChanged();
        }}
      >
        {t.runText}
      </ConfirmDialog>
    </Panel>
  );
}

interface RowProps {
  kept: Kept;
  days: number | null | "";
  count: number | undefined;
  error: string | undefined;
  mayWrite: boolean;
  onChange: (days: number | null | "") => void;
}

function ClassRow({ kept, days, count, error, mayWrite, onChange }: RowProps) {
  const t = useText();
  const formats = useFormats();
  const name = t.classes[kept.data_class];
  const least = kept.least_by
    ? t.leastLaw(kept.least_days, kept.least_by)
    : t.least(kept.least_days);
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" title={kept.least_source}>
          {least}
          {count !== undefined && count > 0 && `, ${t.would(count, formats.count(count))}`}
        </Text>
      </div>
      <div className={classes.ever}>
        <Switch
          size="xs"
          label={t.forEver}
          aria-label={`${name}: ${t.forEver}`}
          checked={days === null}
          disabled={!mayWrite}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? null : Math.max(kept.least_days, kept.days ?? 0))
          }
        />
      </div>
      <div className={classes.days}>
        {days !== null && (
          <NumberInput
            size="xs"
            aria-label={`${name}: ${t.days}`}
            suffix={` ${t.days.toLowerCase()}`}
            min={1}
            max={36500}
            allowDecimal={false}
            readOnly={!mayWrite}
            value={days}
            error={error}
            onChange={(value) => onChange(value === "" ? "" : Number(value))}
            onBlur={() => days === "" && onChange(kept.least_days)}
          />
        )}
      </div>
    </li>
  );
}
