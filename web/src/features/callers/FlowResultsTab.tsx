import { Button, Progress, Stack, Table, Text, Title } from "@mantine/core";
import { IconDownload, IconSitemap } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api, apiUrl } from "@/api/client";
import type { Campaign } from "@/api/types";
import { EmptyState } from "@/shared/EmptyState";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

interface NotedName {
  name: string;
  calls: number;
  values: { value: string; calls: number }[];
  other_values: number;
  other_calls: number;
}

interface FlowResults {
  calls: number;
  names: NotedName[];
}

/** How often each answer was given to the campaign's flow. */
export function FlowResultsTab({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const formats = useFormats();
  const path = `/campaigns/${campaign.campaign_id}/flow-results`;
  const found = useQuery({
    queryKey: ["campaigns", "flow-results", campaign.campaign_id],
    queryFn: ({ signal }) => api.get<FlowResults>(path, { signal }),
    refetchInterval: campaign.state === "running" ? 10_000 : false,
  });
  return (
    <Panel
      title={t.flowResults}
      text={found.data ? t.flowResultsOf(formats.count(found.data.calls)) : ""}
      actions={
        <Button
          component="a"
          href={apiUrl(`${path}.csv`)}
          download
          variant="default"
          leftSection={<IconDownload size={17} />}
        >
          {t.flowResultsFile}
        </Button>
      }
    >
      {found.isPending ? (
        <Loading />
      ) : found.data === undefined ? (
        <LoadError error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.names.length === 0 ? (
        <EmptyState icon={IconSitemap} title={t.noFlowResults} text={t.noFlowResultsText} />
      ) : (
        <Stack gap="xl">
          {found.data.names.map((one) => (
            <Answers key={one.name} noted={one} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}

/** The values of one name with a bar each; numbers and shares stand beside them as text. */
function Answers({ noted }: { noted: NotedName }) {
  const t = useText();
  const formats = useFormats();
  const rows = [
    ...noted.values.map((one) => ({ ...one, key: `=${one.value}` })),
    ...(noted.other_values > 0
      ? [
          {
            key: "other",
            value: t.otherValues(formats.count(noted.other_values)),
            calls: noted.other_calls,
          },
        ]
      : []),
  ];
  return (
    <section aria-label={noted.name}>
      <Title order={3} size="h5">
        {noted.name}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t.answersGiven(formats.count(noted.calls))}
      </Text>
      <Table withRowBorders={false} verticalSpacing={4} maw={640}>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row" fw={500} style={{ overflowWrap: "anywhere" }} w="35%">
                {row.value}
              </Table.Th>
              <Table.Td aria-hidden>
                <Progress value={(100 * row.calls) / noted.calls} size="lg" />
              </Table.Td>
              <Table.Td ta="right" className="tabular" w={130}>
                {formats.count(row.calls)} · {formats.rate(row.calls / noted.calls)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
