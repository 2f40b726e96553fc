import {
  Alert,
  Button,
  Checkbox,
  Chip,
  Divider,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Radio,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useWrapUpCodes } from "@/api/references";
import type { Campaign, Page, Result } from "@/api/types";
import { useSession } from "@/features/session/session";
import { useLanguage } from "@/i18n/language";
import { DurationInput } from "@/shared/DurationInput";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { RESULTS } from "@/words/tones";
import { useText } from "./messages";
import type { RecycleChoice, RecycleCount, RecyclePlan } from "./types";

const NOTHING: RecycleChoice = {
  results: [],
  wrap_up_code_ids: [],
  used_up: false,
  unreached: true,
  reset_counters: true,
  after_seconds: 0,
};

interface Props {
  campaign: Campaign;
  onClose: () => void;
}

/** Open finished contacts again: choose, count, do it or plan it. */
export function RecycleDialog({ campaign, onClose }: Props) {
  const t = useText().recycle;
  const shared = useSharedText();
  const words = useWords();
  const formats = useFormats();
  const client = useQueryClient();
  const codes = useWrapUpCodes();
  const [choice, setChoice] = useState(NOTHING);
  const [count, setCount] = useState<RecycleCount | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const path = `/campaigns/${campaign.campaign_id}/recycle`;
  const set = (changed: Partial<RecycleChoice>) => {
    setChoice({ ...choice, ...changed } as RecycleChoice);
    setCount(null);
  };
  async function attempt(act: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<Text fw={620}>{t.title(campaign.name)}</Text>}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      <Stack>
        <Text size="sm">{t.text}</Text>
        <FormProblem problem={problem} />
        <MultiSelect
          label={t.results}
          clearable
          data={RESULTS.map((result) => ({ value: result, label: words.results[result] }))}
          value={choice.results}
          onChange={(results) => set({ results: results as Result[] })}
        />
        <MultiSelect
          label={t.codes}
          clearable
          searchable
          data={(codes.data ?? []).map((code) => ({
            value: code.wrap_up_code_id,
            label: formats.name(code),
          }))}
          value={choice.wrap_up_code_ids}
          onChange={(wrap_up_code_ids) => set({ wrap_up_code_ids })}
        />
        <Checkbox
          label={t.unreached}
          checked={choice.unreached}
          onChange={(event) => set({ unreached: event.currentTarget.checked })}
        />
        <Checkbox
          label={t.usedUp}
          checked={choice.used_up}
          onChange={(event) => set({ used_up: event.currentTarget.checked })}
        />
        <Radio.Group
          label={t.counters}
          value={choice.reset_counters ? "reset" : "keep"}
          onChange={(value) => set({ reset_counters: value === "reset" })}
        >
          <Group mt={6}>
            <Radio value="reset" label={t.reset} />
            <Radio value="keep" label={t.keep} />
          </Group>
        </Radio.Group>
        <DurationInput
          label={t.after}
          value={choice.after_seconds}
          onChange={(after_seconds) => set({ after_seconds })}
        />
        {count && (
          <Alert color={count.recycled > 0 ? "blue" : "gray"} role="status">
            {count.recycled > 0 ? t.counted(formats.count(count.recycled)) : t.none}
            {count.used_up > 0 && ` ${t.stay(formats.count(count.used_up))}`}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button
            variant="default"
            loading={busy}
            onClick={() =>
              void attempt(async () =>
                setCount(await api.post<RecycleCount>(path, { ...choice, dry_run: true })),
              )
            }
          >
            {t.count}
          </Button>
          <Button
            loading={busy}
            disabled={count === null || count.recycled === 0}
            onClick={() =>
              void attempt(async () => {
                const done = await api.post<RecycleCount>(path, choice);
                await client.invalidateQueries({ queryKey: ["campaigns"] });
                toast.success(t.done(formats.count(done.recycled)));
                onClose();
              })
            }
          >
            {t.go}
          </Button>
        </Group>
        <Divider />
        <Plans campaign={campaign} choice={choice} busy={busy} attempt={attempt} />
      </Stack>
    </Modal>
  );
}

interface PlansProps {
  campaign: Campaign;
  choice: RecycleChoice;
  busy: boolean;
  attempt: (act: () => Promise<void>) => Promise<void>;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7];

function Plans({ campaign, choice, busy, attempt }: PlansProps) {
  const t = useText().recycle;
  const formats = useFormats();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const [days, setDays] = useState<string[]>(["1", "2", "3", "4", "5"]);
  const [at, setAt] = useState("08:00");
  const [start, setStart] = useState(true);
  const [times, setTimes] = useState<number | null>(null);
  const key = ["campaigns", "recycle-plans", campaign.campaign_id];
  const path = `/campaigns/${campaign.campaign_id}/recycle-plans`;
  const plans = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api.get<Page<RecyclePlan>>(path, { signal })).items,
  });
  const language = useLanguage();
  const short = (day: number) =>
    new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }).format(
      Date.UTC(2026, 0, 4 + day), // 5 January 2026 is a Monday
    );
  return (
    <Stack gap="sm">
      <div>
        <Text fw={620}>{t.plans}</Text>
        <Text size="sm" c="dimmed">
          {t.plansText}
        </Text>
      </div>
      {(plans.data ?? []).map((plan) => (
        <Group key={plan.recycle_plan_id} justify="space-between" wrap="nowrap">
          <Text size="sm">
            {plan.next_at ? t.next(formats.dateTime(plan.next_at)) : t.over}
            {plan.last_at &&
              `. ${t.last(formats.dateTime(plan.last_at), formats.count(plan.last_recycled ?? 0))}`}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              void attempt(async () => {
                await api.delete(`${path}/${plan.recycle_plan_id}`);
                await client.invalidateQueries({ queryKey: key });
                toast.success(t.unplanned);
              })
            }
          >
            {t.removePlan}
          </Button>
        </Group>
      ))}
      <Chip.Group multiple value={days} onChange={setDays}>
        <Group gap={6} role="group" aria-label={t.weekdays}>
          {DAYS.map((day) => (
            <Chip key={day} size="xs" value={String(day)}>
              {short(day)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group align="flex-end">
        <TextInput
          type="time"
          label={t.at}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <NumberInput
          label={t.times}
          placeholder={t.timesHelp}
          min={1}
          max={1000}
          allowDecimal={false}
          value={times ?? ""}
          onChange={(value) => setTimes(Number(value) || null)}
        />
      </Group>
      <Checkbox
        label={t.start}
        checked={start}
        onChange={(event) => setStart(event.currentTarget.checked)}
      />
      <Button
        variant="light"
        w="fit-content"
        loading={busy}
        onClick={() =>
          void attempt(async () => {
            await api.post(path, {
              ...choice,
              weekdays: days.map(Number),
              at,
              time_zone: zone,
              start,
              times_left: times,
            });
            await client.invalidateQueries({ queryKey: key });
            toast.success(t.planned);
          })
        }
      >
        {t.addPlan}
      </Button>
    </Stack>
  );
}
