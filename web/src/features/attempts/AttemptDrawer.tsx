import { Drawer, Group, Text } from "@mantine/core";
import type { AttemptRow } from "@/api/types";
import { AttemptCaller } from "@/features/callers/AttemptCaller";
import { useText as useLawText } from "@/features/compliance/messages";
import { useOutcomeName } from "@/features/outcomes/useOutcomeName";
import { AttemptRules } from "@/features/rule-sets/AttemptRules";
import { formatNumber } from "@/formats/phone";
import { formatDuration } from "@/formats/time";
import { KeyValues } from "@/shared/KeyValues";
import { LinkButton } from "@/shared/LinkButton";
import { useText as useSharedText } from "@/shared/messages";
import { useFormats } from "@/shared/useFormats";
import { AttemptBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import classes from "./AttemptDrawer.module.css";
import { CallAnalysis } from "./CallAnalysis";
import { useText } from "./messages";
import { spans, stepsOf } from "./spans";

/** One attempt step by step, with what the carrier said. */
export function AttemptDrawer(props: { attempt: AttemptRow | null; onClose: () => void }) {
  const t = useText();
  const shared = useSharedText();
  return (
    <Drawer
      opened={props.attempt !== null}
      onClose={props.onClose}
      position="right"
      size={440}
      title={<Text fw={650}>{t.details}</Text>}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      {props.attempt && <Details attempt={props.attempt} />}
    </Drawer>
  );
}

function Details({ attempt }: { attempt: AttemptRow }) {
  const t = useText();
  const outcomeName = useOutcomeName();
  const law = useLawText();
  const words = useWords();
  const formats = useFormats();
  const { ring, answerToAgent, message, talk } = spans(attempt);
  const causes = [
    attempt.sip_code === null ? "" : t.sip(attempt.sip_code),
    attempt.cause === null ? "" : t.q850(attempt.cause),
  ].filter(Boolean);
  const party = attempt.hung_up_by as keyof typeof t.parties | null;
  const leftMessage = Boolean(attempt.call_analysis?.prompt_id);
  const clock = (seconds: number | null) => (seconds === null ? null : formatDuration(seconds));
  return (
    <>
      <Group mb="sm">
        <AttemptBadge attempt={attempt} />
        <Text size="sm" c="dimmed">
          {t.attempt(attempt.attempt_number)}
        </Text>
      </Group>
      {attempt.abandoned && (
        <p className={classes.bad}>
          {t.abandoned} {attempt.message_started_at ? t.messagePlayed : t.noMessage}
        </p>
      )}
      <ol className={classes.steps}>
        {stepsOf(attempt).map(([step, at]) => {
          return (
            <li key={step}>
              <time dateTime={at}>{formats.clock(at)}</time>
              <span>
                {(leftMessage && t.left[step]) || t.steps[step]}
                {step === "message_started_at" && attempt.message_media && (
                  <span className={classes.media}>{attempt.message_media}</span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      <KeyValues
        rows={[
          [t.number, formatNumber(attempt.number)],
          [t.callerId, formatNumber(attempt.caller_id)],
          [t.campaign, attempt.campaign_name],
          [t.mode, words.modes[attempt.mode]],
          [t.agent, attempt.agent?.display_name],
          [t.ring, clock(ring)],
          [t.answerToAgent, answerToAgent === null ? null : `${formats.decimal(answerToAgent)} s`],
          [t.talk, clock(talk)],
          ...(message === null
            ? []
            : [
                [
                  leftMessage ? t.analysis.message : t.message,
                  `${formats.decimal(message)} s`,
                ] as const,
              ]),
          [t.cause, causes.join(", ")],
          [t.hungUpBy, party === null ? null : (t.parties[party] ?? party)],
          ...(attempt.transferred_to
            ? [[t.transferredTo, formatNumber(attempt.transferred_to)] as const]
            : []),
          [t.wrapUp, outcomeName(attempt.wrap_up)],
          [t.notes, attempt.wrap_up?.notes],
          ...Object.entries(attempt.wrap_up?.fields ?? {}),
        ]}
      />
      <AttemptCaller attempt={attempt} />
      <CallAnalysis attempt={attempt} />
      <AttemptRules attemptId={attempt.attempt_id} />
      <Group mt="md" gap="sm">
        <LinkButton
          variant="default"
          to="/contacts/$contactId"
          params={{ contactId: attempt.contact_id }}
        >
          {t.openContact}
        </LinkButton>
        <LinkButton
          variant="default"
          to="/attempts/$attemptId/proof"
          params={{ attemptId: attempt.attempt_id }}
        >
          {law.proof.link}
        </LinkButton>
      </Group>
    </>
  );
}
