import { Button, Drawer, Group, Text } from "@mantine/core";
import { IconCheck, IconClock, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { CampaignContact, Check, Explanation } from "@/api/types";
import { LimitUses } from "@/features/attempt-rules/LimitUses";
import { ExplainedRulesView } from "@/features/rule-sets/ExplainedRulesView";
import { formatNumber } from "@/formats/phone";
import { LinkButton } from "@/shared/LinkButton";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import classes from "./Explanation.module.css";
import { OUTLOOK_TONES, outlookOf, VERDICT_TONES } from "./explanation";
import { useText } from "./messages";

const ICONS = { allowed: IconCheck, later: IconClock, denied: IconX };

interface Props {
  campaignId: string;
  row: CampaignContact | null;
  name: string;
  onClose: () => void;
}

/** Every check of a contact as of this moment: asked anew when the drawer opens. */
export function ExplanationDrawer({ campaignId, row, name, onClose }: Props) {
  const t = useText().explain;
  const shared = useSharedText();
  const contactId = row?.contact.contact_id ?? "";
  const query = useQuery({
    queryKey: ["campaigns", "explanation", campaignId, contactId],
    queryFn: ({ signal }) =>
      api.get<Explanation>(`/campaigns/${campaignId}/contacts/${contactId}/explanation`, {
        signal,
      }),
    enabled: row !== null,
    staleTime: 0,
  });
  return (
    <Drawer
      opened={row !== null}
      onClose={onClose}
      position="right"
      size={460}
      title={
        <div>
          <Text fw={650} size="lg">
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {t.title}
          </Text>
        </div>
      }
      closeButtonProps={{ "aria-label": shared.close }}
    >
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading />
      ) : (
        <>
          <ExplanationView explanation={query.data} />
          <Group mt="lg">
            <Button
              variant="default"
              loading={query.isFetching}
              onClick={() => void query.refetch()}
            >
              {t.again}
            </Button>
            <LinkButton variant="default" to="/contacts/$contactId" params={{ contactId }}>
              {t.openContact}
            </LinkButton>
          </Group>
        </>
      )}
    </Drawer>
  );
}

export function ExplanationView({ explanation }: { explanation: Explanation }) {
  const t = useText().explain;
  const formats = useFormats();
  const outlook = outlookOf(explanation);
  return (
    <>
      <section className={classes.answer} data-tone={OUTLOOK_TONES[outlook]}>
        <strong>
          {outlook === "now"
            ? t.now
            : outlook === "at" && explanation.next_attempt_at
              ? t.at(formats.dateTime(explanation.next_attempt_at))
              : outlook === "never"
                ? t.never
                : t.waiting}
        </strong>
        <span>{explanation.message}</span>
        {explanation.number && <span>{t.number(formatNumber(explanation.number))}</span>}
      </section>
      {explanation.zones.length > 0 && (
        <>
          <h3 className={classes.heading}>{t.zones}</h3>
          <ul className={classes.zones}>
            {explanation.zones.map((one) => (
              <li key={one.number}>
                <b>{formatNumber(one.number)}</b> {one.message}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className={classes.heading}>{t.checks}</h3>
      <ol className={classes.checks}>
        {explanation.checks.map((check) => (
          <CheckRow key={check.code} check={check} />
        ))}
      </ol>
      {explanation.rules && <ExplainedRulesView rules={explanation.rules} />}
      <LimitUses uses={explanation.limits ?? []} />
    </>
  );
}

function CheckRow({ check }: { check: Check }) {
  const t = useText().explain;
  const words = useWords();
  const formats = useFormats();
  const Icon = ICONS[check.verdict];
  const code = check.code as keyof typeof words.demands;
  return (
    <li className={classes.check}>
      <span className={classes.icon} data-tone={VERDICT_TONES[check.verdict]}>
        <Icon size={16} stroke={2.2} aria-hidden />
      </span>
      <div>
        <div className={classes.checkHead}>
          <span className={classes.checkName}>{words.demands[code] ?? check.code}</span>
          {check.verdict !== "allowed" && (
            <StatusBadge tone={VERDICT_TONES[check.verdict]}>
              {t.verdicts[check.verdict]}
            </StatusBadge>
          )}
        </div>
        <p className={classes.checkText}>
          {check.message || t.verdicts[check.verdict]}
          {check.retry_at && ` ${t.until(formats.dateTime(check.retry_at))}`}
        </p>
      </div>
    </li>
  );
}
