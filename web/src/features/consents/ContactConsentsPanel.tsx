import { Button, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { ConsentState, ContactConsents } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { ConsentBadge } from "./ConsentBadge";
import { ConsentForm } from "./ConsentForm";
import classes from "./Consents.module.css";
import { useText } from "./messages";
import { usePurposeName } from "./purposes";

const TONES = { proven: "good", missing: "quiet", withdrawn: "bad", expired: "warn" } as const;

interface Props {
  contactId: string;
  numbers: string[];
  mayWrite: boolean;
}

/** What the ledger says of a contact. */
export function ContactConsentsPanel({ contactId, numbers, mayWrite }: Props) {
  const words = useText();
  const purposeName = usePurposeName();
  const t = words.contact;
  const formats = useFormats();
  const [adding, setAdding] = useState(false);
  const found = useQuery({
    queryKey: ["consents", "contact", contactId],
    queryFn: ({ signal }) =>
      api.get<ContactConsents>(`/contacts/${contactId}/consents`, { signal }),
  });
  return (
    <Panel
      title={t.title}
      actions={
        mayWrite &&
        numbers.length > 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => setAdding(true)}
          >
            {t.add}
          </Button>
        )
      }
    >
      {found.isError ? (
        <LoadError error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Loading />
      ) : found.data.lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.nothing}
        </Text>
      ) : (
        <Stack gap="sm">
          <ul className={classes.standings}>
            {found.data.standings.map((one) => (
              <li key={`${one.number}${one.purpose}`}>
                <span className="tabular">{formatNumber(one.number)}</span>
                <span className={classes.purpose}>{purposeName(one.purpose)}</span>
                <StatusBadge tone={TONES[one.state as ConsentState]}>
                  {t.states[one.state]}
                </StatusBadge>
              </li>
            ))}
          </ul>
          <details>
            <summary>{t.history}</summary>
            <ol className={classes.lines}>
              {found.data.lines.map((line) => (
                <li key={line.consent_id}>
                  <ConsentBadge line={line} />{" "}
                  <span>
                    {formats.dateTime(line.at)}, {formatNumber(line.number)}
                  </span>
                  <p>{[line.how, line.proof, line.reference].filter(Boolean).join(" · ") || "–"}</p>
                </li>
              ))}
            </ol>
          </details>
        </Stack>
      )}
      {adding && (
        <ConsentForm contact={{ id: contactId, numbers }} onClose={() => setAdding(false)} />
      )}
    </Panel>
  );
}
