import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, apiUrl } from "@/api/client";
import type { CallProof } from "@/api/types";
import { useText as useConsentText } from "@/features/consents/messages";
import { usePurposeName } from "@/features/consents/purposes";
import { useOutcomeName } from "@/features/outcomes/useOutcomeName";
import { formatNumber } from "@/formats/phone";
import { useLanguage } from "@/i18n/language";
import { BackLink } from "@/shared/BackLink";
import { KeyValues } from "@/shared/KeyValues";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import classes from "./Compliance.module.css";
import { useText } from "./messages";
import { PresetTable } from "./PresetTable";

/** All that is kept of one call, to be printed or handed over. */
export function ProofPage() {
  const t = useText().proof;
  const formats = useFormats();
  const { attemptId } = useParams({ from: "/attempts/$attemptId/proof" });
  const path = `/attempts/${attemptId}/proof`;
  const proof = useQuery({
    queryKey: ["attempts", "proof", attemptId],
    queryFn: ({ signal }) => api.get<CallProof>(path, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (proof.isPending) return <Loading />;
  if (proof.isError) return <LoadError error={proof.error} onRetry={() => void proof.refetch()} />;
  const { attempt } = proof.data;
  return (
    <>
      <PageHeader
        title={t.title}
        text={t.made(formats.dateTime(proof.data.made_at), proof.data.organisation)}
        above={
          <BackLink to="/campaigns/$campaignId" params={{ campaignId: attempt.campaign_id }}>
            {attempt.campaign_name}
          </BackLink>
        }
      >
        <Group gap="xs" className={classes.noPrint}>
          <Button
            component="a"
            variant="default"
            href={apiUrl(path)}
            download={`proof-${attemptId}.json`}
            leftSection={<IconDownload size={17} />}
          >
            {t.json}
          </Button>
          <Button leftSection={<IconPrinter size={17} />} onClick={() => window.print()}>
            {t.print}
          </Button>
        </Group>
      </PageHeader>
      <Stack>
        <CallPart proof={proof.data} />
        <LawPart proof={proof.data} />
        <ConsentPart proof={proof.data} />
      </Stack>
    </>
  );
}

function CallPart({ proof }: { proof: CallProof }) {
  const t = useText().proof;
  const outcomeName = useOutcomeName();
  const words = useWords();
  const formats = useFormats();
  const { attempt } = proof;
  const at = (when: string | null) => (when ? formats.dateTime(when) : null);
  return (
    <Panel title={t.call}>
      <KeyValues
        rows={[
          [t.number, formatNumber(attempt.number)],
          [t.callerId, attempt.caller_id ? formatNumber(attempt.caller_id) : null],
          [t.when, at(attempt.dialling_at)],
          [t.answered, at(attempt.answered_at)],
          [t.ended, at(attempt.closed_at)],
          [t.result, attempt.result && words.results[attempt.result]],
          [t.outcome, outcomeName(attempt.wrap_up)],
          [t.campaign, attempt.campaign_name],
          [t.mode, words.modes[attempt.mode as keyof typeof words.modes] ?? attempt.mode],
          [t.agent, attempt.agent?.display_name],
          [
            t.message,
            attempt.message_started_at
              ? `${attempt.message_media}, ${t.messageAt(
                  formats.clock(attempt.message_started_at),
                  attempt.message_ended_at ? formats.clock(attempt.message_ended_at) : "–",
                )}`
              : t.noMessage,
          ],
          [t.id, attempt.attempt_id],
        ]}
      />
    </Panel>
  );
}

function LawPart({ proof }: { proof: CallProof }) {
  const t = useText().proof;
  const words = useWords();
  const language = useLanguage();
  const rules = proof.rules
    .filter((code) => !code.startsWith("PRESET "))
    .map((code) => words.demands[code as keyof typeof words.demands] ?? code);
  return (
    <Panel title={t.law}>
      <Stack>
        <KeyValues
          rows={[
            [t.preset, `${proof.preset_names[language]} ${proof.preset_version}`],
            [t.dncLists, proof.dnc_list_names.join(", ")],
            [t.rules, rules.join(" · ")],
          ]}
        />
        {proof.preset_changed_since && <Alert color="yellow">{t.changed}</Alert>}
        {proof.preset_values.length > 0 && (
          <PresetTable
            preset={{
              preset_id: proof.preset_id,
              version: proof.preset_version,
              country: "",
              names: proof.preset_names,
              values: proof.preset_values,
            }}
          />
        )}
      </Stack>
    </Panel>
  );
}

function ConsentPart({ proof }: { proof: CallProof }) {
  const t = useText().proof;
  const words = useConsentText();
  const purposeName = usePurposeName();
  const formats = useFormats();
  const line = proof.consent;
  return (
    <Panel title={t.consent}>
      {line === null ? (
        <Text size="sm" c="dimmed">
          {t.noConsent}
        </Text>
      ) : (
        <KeyValues
          rows={[
            [words.columns.kind, words.kinds[line.kind]],
            [words.columns.number, formatNumber(line.number)],
            [words.columns.at, formats.dateTime(line.at)],
            [words.columns.purpose, purposeName(line.purpose)],
            [words.columns.how, line.how],
            [words.columns.proof, line.proof],
            [words.form.reference, line.reference],
            [words.form.hash, line.file_sha256],
            [words.columns.until, line.valid_until ? formats.dateTime(line.valid_until) : null],
            [words.columns.by, line.user_display_name ?? words.sources[line.source]],
          ]}
        />
      )}
    </Panel>
  );
}
