import { useLiveQueues } from "@/live/useLive";
import { Since } from "@/shared/Duration";
import { useText } from "./messages";
import classes from "./QueueBoard.module.css";
import { waitingIn } from "./queues";

/** On the agent's desk: how many wait in their queues, and the longest wait. */
export function OwnQueues({ queueIds }: { queueIds: readonly string[] }) {
  const t = useText().desk;
  const queues = useLiveQueues();
  const { waiting, oldest } = waitingIn(queues, queueIds);
  if (!queues.some((queue) => queueIds.includes(queue.queue_id))) return null;
  return (
    <p className={classes.desk} data-some={waiting > 0 || undefined} title={t.label}>
      {waiting === 0 ? t.none : t.waiting(waiting)}
      {oldest && (
        <span>
          {t.longest} <Since at={oldest} />
        </span>
      )}
    </p>
  );
}
