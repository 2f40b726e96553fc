import { Alert, Button, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconHeartRateMonitor, IconRefresh } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { HealthCounts, HealthPart, ListHealth } from "@/api/types/lists";
import { useContactList } from "@/features/contact-lists/useContactList";
import { useLanguage } from "@/i18n/language";
import { BackLink } from "@/shared/BackLink";
import { type Bar, Bars } from "@/shared/Bars";
import { EmptyState } from "@/shared/EmptyState";
import { Figure, Figures } from "@/shared/Figure";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

export function ListHealthPage() {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const { contactListId } = useParams({ from: "/contact-lists/$contactListId/health" });
  const list = useContactList(contactListId);
  const key = ["list-health", contactListId];
  const health = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.get<ListHealth>(`/contact-lists/${contactListId}/health`, { signal }),
    refetchInterval: (query) => (query.state.data?.counting ? 1000 : false),
  });
  if (list.isPending || health.isPending) return <Loading />;
  if (list.isError || health.isError) {
    return <LoadError error={list.error ?? health.error} onRetry={() => void health.refetch()} />;
  }
  const { counts, counted_at, counting, error } = health.data;

  async function refresh() {
    try {
      const path = `/contact-lists/${contactListId}/health/refresh`;
      client.setQueryData(key, await api.post<ListHealth>(path));
    } catch (thrown) {
      toast.error(thrown);
    }
  }

  return (
    <>
      <PageHeader
        title={t.title}
        text={t.text}
        above={
          <BackLink to="/contact-lists/$contactListId" params={{ contactListId }}>
            {list.data.name}
          </BackLink>
        }
      >
        <Button
          variant="default"
          leftSection={<IconRefresh size={17} />}
          loading={counting}
          onClick={() => void refresh()}
        >
          {t.refresh}
        </Button>
      </PageHeader>
      <Stack>
        <Text size="sm" c="dimmed" aria-live="polite">
          {[
            counted_at ? t.counted(formats.dateTime(counted_at)) : t.never,
            counting ? t.counting : "",
          ]
            .filter(Boolean)
            .join(" ")}
        </Text>
        {error && (
          <Alert color="red" role="alert">
            {t.error} {error}
          </Alert>
        )}
        {counts === null ? (
          <Loading />
        ) : counts.contacts === 0 ? (
          <EmptyState icon={IconHeartRateMonitor} title={t.empty.title} text={t.empty.text} />
        ) : (
          <Counts counts={counts} />
        )}
      </Stack>
    </>
  );
}

function Counts({ counts }: { counts: HealthCounts }) {
  const t = useText();
  const language = useLanguage();
  const { count } = useFormats();
  const bad = (value: number) => (value > 0 ? { tone: "bad" as const } : {});
  const countries = new Intl.DisplayNames([language], { type: "region" });
  const named = (parts: HealthPart[], name: (part: string) => string): Bar[] =>
    parts.map((part) => ({
      key: part.name,
      label: part.name === "unknown" ? t.unknown : part.name === "rest" ? t.rest : name(part.name),
      value: part.numbers,
      ...(part.name === "unknown" || part.name === "rest" ? { tone: "quiet" as const } : {}),
    }));
  const kinds = t.kinds as Record<string, string>;
  return (
    <>
      <Figures>
        <Figure label={t.contacts} value={count(counts.contacts)} />
        <Figure label={t.numbers} value={count(counts.numbers)} />
        <Figure
          label={t.without}
          value={count(counts.contacts_without_number)}
          {...bad(counts.contacts_without_number)}
        />
        <Figure
          label={t.dead}
          value={count(counts.numbers_dead)}
          hint={t.deadHelp}
          {...bad(counts.numbers_dead)}
        />
      </Figures>
      <Figures>
        <Figure label={t.uncallable} value={count(counts.contacts_uncallable)} />
        <Figure label={t.marked} value={count(counts.numbers_uncallable)} />
        <Figure label={t.inside} value={count(counts.duplicates_inside)} />
        <Figure label={t.outside} value={count(counts.duplicates_outside)} />
        <Figure label={t.converted} value={count(counts.numbers_converted)} />
        <Figure label={t.rejectedRows} value={count(counts.rows_rejected)} />
      </Figures>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title={t.kindsTitle}>
          <Bars
            label={t.kindsTitle}
            of={counts.numbers}
            bars={named(counts.kinds, (name) => kinds[name] ?? name)}
          />
        </Panel>
        <Panel title={t.operatorsTitle} text={t.operatorsText}>
          <Bars
            label={t.operatorsTitle}
            of={counts.numbers}
            bars={named(counts.operators, (name) => name)}
          />
        </Panel>
        <Panel title={t.countriesTitle}>
          <Bars
            label={t.countriesTitle}
            of={counts.numbers}
            bars={named(counts.countries, (name) => countries.of(name) ?? name)}
          />
        </Panel>
        {counts.rejected.length > 0 && (
          <Panel title={t.rejectedTitle}>
            <Bars
              label={t.rejectedTitle}
              bars={counts.rejected.map((one) => ({
                key: one.code,
                label: one.message,
                value: one.rows,
                tone: "bad",
              }))}
            />
          </Panel>
        )}
      </SimpleGrid>
    </>
  );
}
