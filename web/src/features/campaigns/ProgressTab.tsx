import { Progress as Bar, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { useWrapUpCodes } from "@/api/references";
import type { Campaign, Progress } from "@/api/types";
import { useOutcomeName } from "@/features/outcomes/useOutcomeName";
import { Bars } from "@/shared/Bars";
import { Figure, Figures } from "@/shared/Figure";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { RESULT_TONES } from "@/words/tones";
import { funnelOf, resultCounts } from "./funnel";
import { ListEndFigure } from "./ListEndFigure";
import { useText } from "./messages";
import { useProgress } from "./useCampaignQueries";

const FUNNEL = ["contacts", "tried", "answered", "talked", "success"] as const;

export function ProgressTab({ campaign }: { campaign: Campaign }) {
  const query = useProgress(campaign.campaign_id, campaign.state === "running");
  if (query.isPending) {
    return (
      <Figures>
        {[0, 1, 2, 3, 4].map((one) => (
          <Skeleton key={one} height={92} radius={14} />
        ))}
      </Figures>
    );
  }
  if (query.data === undefined) {
    return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <ProgressView
      progress={query.data}
      target={campaign.abandon_target}
      inbound={campaign.mode === "inbound"}
    />
  );
}

/**
 * `target`: the abandon rate from which on it is marked. An inbound campaign dials only to call back:
 * what is told of a list that is dialled would be told of few of its calls.
 */
export function ProgressView(props: { progress: Progress; target: number; inbound?: boolean }) {
  const { progress, target, inbound = false } = props;
  const t = useText();
  const outcomeName = useOutcomeName();
  const words = useWords();
  const formats = useFormats();
  const codes = useWrapUpCodes();
  const seconds = (value: number) => `${formats.decimal(value)} s`;
  const done = progress.contacts > 0 ? progress.finished / progress.contacts : 0;
  const funnel = funnelOf(progress, codes.data ?? []);
  const results = resultCounts(progress.results);
  const answer = progress.answer_to_agent_seconds;
  const code = (id: string | null) => codes.data?.find((one) => one.wrap_up_code_id === id);
  return (
    <>
      <Bar size="lg" radius="xl" value={done * 100} mb="md" aria-label={t.figures.finished} />
      <Figures>
        <Figure
          label={t.figures.finished}
          value={formats.rate(done)}
          hint={t.finishedOf(formats.count(progress.finished), formats.count(progress.contacts))}
        />
        <Figure
          label={inbound ? t.figures.dialled : t.figures.attempts}
          value={formats.count(progress.attempts)}
          hint={t.figures.inProgress(formats.count(progress.in_progress))}
        />
        {!inbound && (
          <Figure
            label={t.figures.connectRate}
            value={progress.attempts === 0 ? "–" : formats.rate(progress.connect_rate)}
            hint={t.figures.connectHint}
            {...(progress.attempts > 0 ? { tone: "good" as const } : {})}
          />
        )}
        <Figure
          label={t.figures.abandonRate}
          value={results.length === 0 ? "–" : formats.rate(progress.abandon_rate)}
          hint={t.figures.abandonHint(formats.count(progress.abandoned))}
          {...(progress.abandon_rate > target ? { tone: "bad" as const } : {})}
        />
        <Figure
          label={t.figures.answer}
          value={answer ? seconds(answer.p50) : "–"}
          hint={
            answer
              ? t.figures.answerHint(seconds(answer.p95), seconds(answer.max))
              : t.figures.noAnswer
          }
        />
        <Figure
          label={t.figures.open}
          value={formats.count(progress.open)}
          hint={
            progress.next_attempt_at === null
              ? undefined
              : t.figures.nextAt(formats.time(progress.next_attempt_at))
          }
        />
        {progress.list_end && <ListEndFigure end={progress.list_end} />}
      </Figures>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Panel title={t.results.title}>
          {results.length === 0 ? (
            <Text c="dimmed">{t.results.none}</Text>
          ) : (
            <Bars
              label={t.results.title}
              bars={results.map(([result, count]) => ({
                key: result,
                label: words.results[result],
                value: count,
                tone: RESULT_TONES[result],
              }))}
            />
          )}
        </Panel>
        {!inbound && (
          <Panel title={t.funnel.title}>
            <Bars
              label={t.funnel.title}
              of={Math.max(1, funnel.contacts)}
              bars={FUNNEL.map((step) => ({
                key: step,
                label: t.funnel[step],
                value: funnel[step],
                tone: step === "success" ? ("good" as const) : ("info" as const),
              }))}
            />
          </Panel>
        )}
        <Panel title={t.wrapUps.title}>
          {progress.wrap_ups.length === 0 ? (
            <Text c="dimmed">{t.wrapUps.none}</Text>
          ) : (
            <Bars
              label={t.wrapUps.title}
              bars={[...progress.wrap_ups]
                .sort((a, b) => b.count - a.count)
                .map((one) => {
                  const known = code(one.wrap_up_code_id);
                  const flags = known?.flags ?? [];
                  return {
                    key: one.wrap_up_code_id ?? one.system_code ?? one.name,
                    label: known
                      ? formats.name(known)
                      : `${outcomeName(one)} (${t.wrapUps.system})`,
                    value: one.count,
                    tone: flags.includes("success")
                      ? ("good" as const)
                      : flags.includes("failure")
                        ? ("bad" as const)
                        : ("quiet" as const),
                  };
                })}
            />
          )}
        </Panel>
      </SimpleGrid>
    </>
  );
}
