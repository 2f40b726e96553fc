import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { AlertPeriod } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { formatCount } from "@/formats/number";
import { formatDuration } from "@/formats/time";
import { useLanguage } from "@/i18n/language";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { useText } from "./messages";

const DAYS_BEFORE = 6;
const COUNTS = ["alerts", "taken", "refused", "not_answered", "caller_left"] as const;

function isoDay(daysAgo: number): string {
  return new Intl.DateTimeFormat("sv-SE").format(new Date(Date.now() - daysAgo * 86_400_000));
}

/** How often the queue's agents were asked in the last days, and what they did. */
export function AlertFiguresPanel({ queueId }: { queueId: string }) {
  const t = useText().alerts;
  const language = useLanguage();
  const mayRead = [usePermission("live.read"), usePermission("reports.read")].includes(true);
  const query = { queue_id: queueId, first_day: isoDay(DAYS_BEFORE), last_day: isoDay(0) };
  const figures = useQuery({
    queryKey: ["alert-figures", query],
    queryFn: ({ signal }) => api.get<AlertPeriod>("/alert-figures", { query, signal }),
    enabled: mayRead,
  });
  if (!mayRead || figures.isPending) return null;
  if (figures.error) {
    return <LoadError error={figures.error} onRetry={() => void figures.refetch()} />;
  }
  const { rows } = figures.data;
  return (
    <Panel title={t.title} text={rows.length === 0 ? t.none : t.text}>
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table aria-label={t.title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.agent}</Table.Th>
                {COUNTS.map((name) => (
                  <Table.Th key={name} ta="right">
                    {t.columns[name]}
                  </Table.Th>
                ))}
                <Table.Th ta="right">{t.seconds}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.user_id}>
                  <Table.Td>{row.display_name}</Table.Td>
                  {COUNTS.map((name) => (
                    <Table.Td key={name} ta="right" className="tabular">
                      {formatCount(row[name], language)}
                    </Table.Td>
                  ))}
                  <Table.Td ta="right" className="tabular">
                    {row.answer_seconds === null ? "–" : formatDuration(row.answer_seconds)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}
