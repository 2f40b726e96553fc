import { Text } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import type { QueueLive } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { serverNow } from "@/formats/clock";
import { useConnection, useLiveQueue } from "@/live/useLive";
import { BackLink } from "@/shared/BackLink";
import { Since } from "@/shared/Duration";
import { EmptyState } from "@/shared/EmptyState";
import { Figure, Figures } from "@/shared/Figure";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { Plot } from "@/shared/plot/Plot";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { AlarmBoxes } from "./Alarms";
import { CallersPanel } from "./CallersPanel";
import { useText } from "./messages";
import { PeriodsPanel } from "./PeriodsPanel";
import classes from "./QueueBoard.module.css";
import { hasFigures } from "./queues";
import { useWait } from "./useWait";

/** One queue now: who waits and why, and what became of the others. */
export function QueueBoardPage() {
  const t = useText();
  const { queueId } = useParams({ from: "/live/queues/$queueId" });
  const queue = useLiveQueue(queueId);
  const connection = useConnection();
  const maySettle = usePermission("queues.write");
  if (queue === null || !hasFigures(queue)) {
    if (connection !== "live") return <Loading />;
    return <EmptyState icon={IconUsersGroup} title={t.gone} />;
  }
  return (
    <>
      <PageHeader
        title={queue.name}
        above={<BackLink to="/live">{t.back}</BackLink>}
        text={connection === "waiting" ? t.old : undefined}
      >
        {maySettle && (
          <TextLink to="/settings/queues/$queueId" params={{ queueId }}>
            {t.settings}
          </TextLink>
        )}
      </PageHeader>
      <AlarmBoxes queue={queue} />
      <Now queue={queue} />
      <div className={classes.columns}>
        <CallersPanel queue={queue} />
        <HourPanel queue={queue} />
        <PeriodsPanel queue={queue} />
      </div>
    </>
  );
}

function Now({ queue }: { queue: QueueLive }) {
  const t = useText();
  const formats = useFormats();
  const wait = useWait()(queue);
  const { agents } = queue;
  const late = queue.alarms.includes("longest_wait");
  const others = [
    t.agentsShort.onCall(formats.count(agents.on_call)),
    t.agentsShort.afterCall(formats.count(agents.after_call)),
    ...(agents.busy > 0 ? [t.agentsShort.busy(formats.count(agents.busy))] : []),
    t.agentsShort.paused(formats.count(agents.paused)),
  ];
  return (
    <Figures>
      <Figure
        label={t.figures.waiting}
        value={formats.count(queue.waiting)}
        hint={
          queue.oldest_wait_at && (
            <>
              {t.longest} <Since at={queue.oldest_wait_at} />
            </>
          )
        }
        {...(late ? { tone: "bad" as const } : {})}
      />
      <Figure label={t.figures.expected} value={wait.text} hint={wait.hint} />
      <Figure
        label={t.figures.ready}
        value={formats.count(agents.ready)}
        hint={others.join(" · ")}
      />
      <Figure
        label={t.figures.places}
        value={formats.count(queue.places_kept)}
        hint={t.figures.placesHint}
      />
      <Figure
        label={t.figures.voicemails}
        value={formats.count(queue.voicemails_new)}
        hint={t.figures.voicemailsHint}
      />
    </Figures>
  );
}

function HourPanel({ queue }: { queue: QueueLive }) {
  const t = useText();
  const formats = useFormats();
  const values = queue.waiting_by_minute;
  const now = Math.floor(serverNow() / 60_000);
  const minutes = values.map((_, index) => now - values.length + 1 + index);
  const most = Math.max(0, ...values);
  return (
    <Panel title={t.plot.title} text={t.plot.text}>
      {values.length === 0 ? (
        <Text c="dimmed">{t.none}</Text>
      ) : (
        <Plot
          label={t.spark(formats.count(queue.waiting), formats.count(most))}
          minutes={minutes}
          minuteText={(minute) => formats.time(new Date(minute * 60_000).toISOString())}
          minuteName={t.plot.minute}
          valueText={formats.count}
          whole
          atLeast={4}
          series={[{ key: "waiting", name: t.plot.series, values, shape: "line", tone: "accent" }]}
        />
      )}
    </Panel>
  );
}
