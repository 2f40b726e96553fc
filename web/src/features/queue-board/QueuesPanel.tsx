import { Table, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { QueueLive } from "@/api/types";
import { useLiveQueues } from "@/live/useLive";
import { Since } from "@/shared/Duration";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { AlarmSigns } from "./Alarms";
import { useText } from "./messages";
import classes from "./QueueBoard.module.css";
import { byUrgency, hasFigures, inUse, levelTone } from "./queues";
import { Sparkline } from "./Sparkline";
import { useWait } from "./useWait";

interface Props {
  /** Only this queue. */
  queueId: string | null;
  /** On a wall there is nothing to press. */
  still: boolean;
  /** People may call in: without calls they are told so; else there is nothing to show. */
  calledIn: boolean;
}

/** Every queue in which something happens, those with an alarm first. */
export function QueuesPanel({ queueId, still, calledIn }: Props) {
  const t = useText();
  const queues = useLiveQueues()
    .filter(hasFigures)
    .filter((queue) => queueId === null || queue.queue_id === queueId);
  const shown = byUrgency(queues.filter(inUse));
  if (shown.length === 0 && !calledIn) return null;
  return (
    <Panel title={t.title} text={still ? undefined : t.text}>
      {shown.length === 0 ? (
        <Text c="dimmed">{t.none}</Text>
      ) : (
        <Table className={classes.table} verticalSpacing={8} horizontalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.columns.queue}</Table.Th>
              <Table.Th>{t.columns.waiting}</Table.Th>
              <Table.Th>{t.columns.expected}</Table.Th>
              <Table.Th>{t.columns.agents}</Table.Th>
              <Table.Th>{t.columns.today}</Table.Th>
              <Table.Th>{t.columns.level}</Table.Th>
              <Table.Th>{t.columns.hour}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((queue) => (
              <QueueRow key={queue.queue_id} queue={queue} still={still} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

function QueueRow({ queue, still }: { queue: QueueLive; still: boolean }) {
  const t = useText();
  const formats = useFormats();
  const wait = useWait()(queue);
  const { today, last_half_hour: lately, agents } = queue;
  const level = today.service_level;
  const tone = levelTone(level, queue.service_level_share);
  const target = t.target(
    formats.rate(queue.service_level_share),
    formats.span(queue.service_level_seconds),
  );
  const most = Math.max(0, ...queue.waiting_by_minute);
  const late = queue.alarms.includes("longest_wait");
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        {still ? (
          queue.name
        ) : (
          <TextLink to="/live/queues/$queueId" params={{ queueId: queue.queue_id }} fw={620}>
            {queue.name}
          </TextLink>
        )}
        <AlarmSigns queue={queue} />
      </Table.Th>
      <Table.Td data-label={t.columns.waiting} data-tone={late ? "bad" : undefined}>
        <b className={classes.big}>{formats.count(queue.waiting)}</b>
        <span className={classes.soft}>
          {queue.oldest_wait_at && (
            <>
              {t.longest} <Since at={queue.oldest_wait_at} />
            </>
          )}
        </span>
      </Table.Td>
      <Table.Td data-label={t.columns.expected} title={wait.hint || undefined}>
        {wait.text}
      </Table.Td>
      <Table.Td data-label={t.columns.agents}>
        {t.agentsShort.ready(formats.count(agents.ready))}
        <span className={classes.soft}>
          {t.agentsShort.onCall(formats.count(agents.on_call))}
          {agents.after_call > 0 &&
            ` · ${t.agentsShort.afterCall(formats.count(agents.after_call))}`}
          {agents.paused > 0 && ` · ${t.agentsShort.paused(formats.count(agents.paused))}`}
        </span>
      </Table.Td>
      <Table.Td data-label={t.columns.today}>
        {t.ofOffered(formats.count(today.answered), formats.count(today.offered))}
        <span className={classes.soft}>
          {t.columns.abandoned} {formats.count(today.abandoned)}
        </span>
      </Table.Td>
      <Table.Td data-label={t.columns.level} data-tone={tone}>
        {level === null ? (
          "–"
        ) : (
          <b title={target}>
            {tone === "good" ? (
              <IconCircleCheck size={14} className={classes.met} aria-label={t.met} />
            ) : (
              <IconAlertTriangle size={14} className={classes.met} aria-label={t.missed} />
            )}{" "}
            {formats.rate(level)}
          </b>
        )}
        <span className={classes.soft}>
          {lately.service_level !== null && t.lately(formats.rate(lately.service_level))}
        </span>
      </Table.Td>
      <Table.Td data-label={t.columns.hour}>
        <Sparkline
          values={queue.waiting_by_minute}
          label={t.spark(formats.count(queue.waiting), formats.count(most))}
        />
      </Table.Td>
    </Table.Tr>
  );
}
