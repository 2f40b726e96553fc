import { Button, Group, Progress, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Import } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { formatSpan } from "@/formats/span";
import { useLanguage } from "@/i18n/language";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { Figure, Figures } from "@/shared/Figure";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useNowSeconds } from "@/shared/useNow";
import { ImportBadge } from "./ImportBadge";
import { useText } from "./messages";
import { paceOf } from "./progress";

export function ImportProgress({ record }: { record: Import }) {
  const t = useText();
  const formats = useFormats();
  const language = useLanguage();
  const client = useQueryClient();
  const mayWrite = usePermission("contacts.write");
  const [asking, { open, close }] = useDisclosure(false);
  const pace = paceOf(record, useNowSeconds() * 1000);
  return (
    <>
      <PageHeader
        title={record.file_name}
        text={record.contact_list_name ?? undefined}
        above={<BackLink to="/imports">{t.title}</BackLink>}
        beside={<ImportBadge state={record.state} />}
      />
      <Panel
        title={`${Math.floor(pace.share * 100)} %`}
        text={record.state === "waiting" ? t.progress.waiting : t.progress.running}
        actions={
          mayWrite && (
            <Button variant="default" size="xs" onClick={open}>
              {t.progress.cancel}
            </Button>
          )
        }
      >
        <Progress
          value={pace.share * 100}
          size="xl"
          radius="xl"
          striped
          animated
          aria-label={t.progress.bar}
        />
        <Group justify="space-between" mt="xs" mb="lg" c="dimmed" fz="sm" className="tabular">
          <span>
            {t.progress.of(formats.bytes(record.bytes_done), formats.bytes(record.file_bytes))}
          </span>
          <Text component="span" inherit>
            {[
              pace.rate === null ? "" : t.progress.rate(formats.count(Math.round(pace.rate))),
              pace.secondsLeft === null
                ? ""
                : t.progress.left(formatSpan(Math.max(1, pace.secondsLeft), language)),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </Group>
        <ImportFigures record={record} />
      </Panel>
      <ConfirmDialog
        open={asking}
        danger
        title={t.progress.cancelTitle}
        action={t.progress.cancel}
        onClose={close}
        onConfirm={async () => {
          const answer = await api.post<Import>(`/imports/${record.import_id}/cancel`);
          client.setQueryData(["imports", "one", record.import_id], answer);
          toast.success(t.progress.cancelled);
        }}
      >
        {t.progress.cancelText}
      </ConfirmDialog>
    </>
  );
}

export function ImportFigures({ record }: { record: Import }) {
  const t = useText().progress;
  const { count } = useFormats();
  return (
    <Figures>
      <Figure label={t.read} value={count(record.rows_read)} />
      <Figure label={t.added} value={count(record.rows_added)} tone="good" />
      <Figure label={t.updated} value={count(record.rows_updated)} />
      <Figure label={t.duplicate} value={count(record.rows_duplicate)} />
      <Figure
        label={t.rejected}
        value={count(record.rows_rejected)}
        {...(record.rows_rejected > 0 ? { tone: "bad" as const } : {})}
      />
      {record.consents_added > 0 && (
        <Figure label={t.consents} value={count(record.consents_added)} />
      )}
    </Figures>
  );
}
