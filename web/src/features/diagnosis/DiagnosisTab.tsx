import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { IconAddressBook, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Campaign } from "@/api/types";
import { useLanguage } from "@/i18n/language";
import { Bars } from "@/shared/Bars";
import { EmptyState } from "@/shared/EmptyState";
import { Figure, Figures } from "@/shared/Figure";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { AheadTable } from "./AheadTable";
import classes from "./DiagnosisTab.module.css";
import { FindingPlace } from "./FindingPlace";
import { useText } from "./messages";
import type { Bucket, Diagnosis, Group } from "./types";
import { Waterfall } from "./Waterfall";

const SEVERITY_TONES = { stops: "bad", slows: "warn", note: "info" } as const;

export function DiagnosisTab({ campaign }: { campaign: Campaign }) {
  const language = useLanguage();
  const query = useQuery({
    queryKey: ["campaigns", "diagnosis", campaign.campaign_id, language, campaign.state],
    queryFn: ({ signal }) =>
      api.get<Diagnosis>(`/campaigns/${campaign.campaign_id}/diagnosis`, { signal }),
  });
  if (query.isPending) {
    return (
      <Stack>
        <Skeleton height={150} radius={14} />
        <Skeleton height={320} radius={14} />
      </Stack>
    );
  }
  if (query.data === undefined) {
    return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <DiagnosisView
      diagnosis={query.data}
      counting={query.isFetching}
      onRefresh={() => void query.refetch()}
    />
  );
}

interface Props {
  diagnosis: Diagnosis;
  counting: boolean;
  onRefresh: () => void;
}

export function DiagnosisView({ diagnosis, counting, onRefresh }: Props) {
  const t = useText();
  const words = useWords();
  const formats = useFormats();
  const { agents, lines } = diagnosis;
  const statuses = words.agentStatuses as Record<string, string>;
  const { count } = formats;
  return (
    <Stack>
      <Panel
        title={t.title}
        text={`${t.titleText} ${t.at(formats.dateTime(diagnosis.at))}`}
        actions={
          <Button
            variant="default"
            leftSection={<IconRefresh size={17} />}
            loading={counting}
            onClick={onRefresh}
          >
            {t.refresh}
          </Button>
        }
      >
        <ul className={classes.findings} aria-live="polite">
          {diagnosis.findings.map((finding) => (
            <li key={finding.code} className={classes.finding}>
              <StatusBadge
                tone={
                  finding.code === "NOTHING_IN_THE_WAY" ? "good" : SEVERITY_TONES[finding.severity]
                }
              >
                {t.severities[finding.severity]}
              </StatusBadge>
              <div>
                {finding.message}{" "}
                {finding.contacts > 0 && (
                  <span className={classes.detail}>
                    {finding.code === "NEXT_KEPT_OUT"
                      ? t.ofNext(count(finding.contacts), count(diagnosis.ahead.looked_at))
                      : t.concerned(count(finding.contacts), formats.rate(finding.share))}{" "}
                    {finding.until && t.until(formats.dateTime(finding.until))}
                  </span>
                )}
              </div>
              <FindingPlace finding={finding} diagnosis={diagnosis} />
            </li>
          ))}
        </ul>
      </Panel>
      <Figures>
        <Figure
          label={t.figures.callable}
          value={count(sumOf(diagnosis.buckets, "untouched", "due"))}
          hint={t.figures.callableHint}
        />
        <Figure
          label={t.figures.waiting}
          value={count(sumOf(diagnosis.buckets, "later", "agent", "change"))}
          hint={
            diagnosis.next_attempt_at
              ? t.figures.next(formats.dateTime(diagnosis.next_attempt_at))
              : ""
          }
        />
        <Figure
          label={t.figures.atWork}
          value={count(agents.at_work)}
          hint={t.figures.ofQueue(count(agents.total))}
          {...(agents.at_work === 0 ? { tone: "bad" as const } : {})}
        />
        <Figure
          label={t.figures.lines}
          value={count(lines.free)}
          hint={t.figures.linesHint(count(lines.used), count(lines.set_aside), count(lines.wanted))}
          {...(lines.free === 0 ? { tone: "bad" as const } : {})}
        />
      </Figures>
      <Panel title={t.waterfall} text={t.waterfallText(count(diagnosis.contacts))}>
        {diagnosis.contacts === 0 ? (
          <EmptyState icon={IconAddressBook} title={t.empty.title} text={t.empty.text} />
        ) : (
          <Waterfall diagnosis={diagnosis} />
        )}
      </Panel>
      {diagnosis.ahead.looked_at > 0 && (
        <Panel title={t.ahead} text={t.aheadText(count(diagnosis.ahead.looked_at))}>
          <AheadTable ahead={diagnosis.ahead} />
        </Panel>
      )}
      <Panel title={t.agents}>
        {agents.total === 0 ? (
          <Text c="dimmed">{t.noAgents}</Text>
        ) : (
          <Bars
            label={t.agents}
            of={agents.total}
            bars={Object.entries(agents.statuses).map(([status, value]) => ({
              key: status,
              label: statuses[status] ?? status,
              value,
            }))}
          />
        )}
      </Panel>
    </Stack>
  );
}

function sumOf(buckets: Bucket[], ...groups: Group[]): number {
  return buckets
    .filter((bucket) => groups.includes(bucket.group))
    .reduce((sum, bucket) => sum + bucket.contacts, 0);
}
