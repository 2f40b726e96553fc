import { Button, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { Page, QueueCaller, QueueLive } from "@/api/types";
import { useSkillChoices } from "@/features/queues/useRouting";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { Since } from "@/shared/Duration";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { MoveCaller } from "./MoveCaller";
import { useText } from "./messages";
import classes from "./QueueBoard.module.css";

const REFRESH_MS = 4000;

/** Who waits, the next first, and why nobody has taken them yet. */
export function CallersPanel({ queue }: { queue: QueueLive }) {
  const t = useText().callers;
  const formats = useFormats();
  const { nameOf } = useSkillChoices();
  const mayMove = usePermission("queues.write");
  const [moving, setMoving] = useState<QueueCaller | null>(null);
  const somebody = queue.waiting > 0;
  const query = useQuery({
    queryKey: ["queues", queue.queue_id, "callers"],
    queryFn: ({ signal }) =>
      api.get<Page<QueueCaller>>(`/queues/${queue.queue_id}/callers`, { signal }),
    enabled: somebody,
    refetchInterval: REFRESH_MS,
  });
  const named = (caller: QueueCaller) => (caller.number ? formatNumber(caller.number) : t.hidden);
  const callers = somebody ? query.data?.items : [];
  return (
    <Panel title={t.title}>
      {somebody && query.data === undefined ? (
        query.isPending ? (
          <Loading />
        ) : (
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : callers === undefined || callers.length === 0 ? (
        <Text c="dimmed">{t.none}</Text>
      ) : (
        <Table className={classes.table} verticalSpacing={8} horizontalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.caller}</Table.Th>
              <Table.Th>{t.position}</Table.Th>
              <Table.Th>{t.since}</Table.Th>
              <Table.Th>{t.priority}</Table.Th>
              <Table.Th>{t.wants}</Table.Th>
              <Table.Th>{t.why}</Table.Th>
              {mayMove && <Table.Td />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {callers.map((caller) => (
              <Table.Tr key={caller.attempt_id}>
                <Table.Th scope="row">{named(caller)}</Table.Th>
                <Table.Td data-label={t.position}>{formats.count(caller.position)}</Table.Td>
                <Table.Td data-label={t.since}>
                  <Since at={caller.since} />
                </Table.Td>
                <Table.Td data-label={t.priority}>{formats.count(caller.priority)}</Table.Td>
                <Table.Td data-label={t.wants}>
                  {caller.skills.length === 0 ? "–" : caller.skills.map(nameOf).join(", ")}
                </Table.Td>
                <Table.Td data-label={t.why} className={classes.why}>
                  {t.reasons[caller.reason]}
                  {caller.passed.length > 0 && (
                    <ul>
                      {caller.passed.map((one) => (
                        <li key={one.user_id}>{one.sentence}</li>
                      ))}
                    </ul>
                  )}
                </Table.Td>
                {mayMove && (
                  <Table.Td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t.moveOf(named(caller))}
                      onClick={() => setMoving(caller)}
                    >
                      {t.move}
                    </Button>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {moving && (
        <MoveCaller
          queueId={queue.queue_id}
          caller={moving}
          name={named(moving)}
          onClose={() => {
            setMoving(null);
            void query.refetch();
          }}
        />
      )}
    </Panel>
  );
}
