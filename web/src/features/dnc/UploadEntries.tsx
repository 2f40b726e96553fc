import {
  Button,
  Group,
  Modal,
  Progress,
  Select,
  Stack,
  Switch,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, upload } from "@/api/client";
import type { DncList, DncUpload, DncUploadPreview } from "@/api/types";
import { DropZone } from "@/features/imports/DropZone";
import { useSession } from "@/features/session/session";
import { wallToUtc } from "@/formats/time";
import { errorText, useErrorText } from "@/shared/errors";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { useText } from "./messages";

interface Props {
  list: DncList;
  onStarted: () => void;
  onClose: () => void;
}

/** A file: sent with its progress, looked at, and handed over to be listed. */
export function UploadEntries({ list, onStarted, onClose }: Props) {
  const t = useText().uploading;
  const shared = useSharedText();
  const errors = useErrorText();
  const [sending, setSending] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [record, setRecord] = useState<(DncUpload & { preview: DncUploadPreview }) | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function send(file: File) {
    const form = new FormData();
    form.append("file", file);
    abort.current = new AbortController();
    setError(null);
    setSending(0);
    try {
      setRecord(
        await upload(
          `/dnc-lists/${list.dnc_list_id}/uploads`,
          form,
          setSending,
          abort.current.signal,
        ),
      );
    } catch (thrown) {
      if (!abort.current.signal.aborted) setError(errorText(thrown, errors));
    } finally {
      setSending(null);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={<Text fw={620}>{t.title}</Text>}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      {sending !== null ? (
        <div>
          <Progress value={sending * 100} animated aria-label={t.sending} />
          <Text size="sm" c="dimmed" mt={6}>
            {t.sending}
          </Text>
        </div>
      ) : record ? (
        <Look list={list} record={record} onStarted={onStarted} onClose={onClose} />
      ) : (
        <DropZone onFile={(file) => void send(file)} error={error} onRefuse={setError} />
      )}
    </Modal>
  );
}

interface LookProps extends Props {
  record: DncUpload & { preview: DncUploadPreview };
}

function Look({ list, record, onStarted, onClose }: LookProps) {
  const t = useText();
  const shared = useSharedText();
  const zone = useSession().organisation.time_zone;
  const [column, setColumn] = useState(record.preview.column);
  const [hasHeader, setHasHeader] = useState(record.preview.has_header);
  const [reason, setReason] = useState("");
  const [expires, setExpires] = useState("");
  const authority = list.screening_authority !== null;
  const [replaces, setReplaces] = useState(authority);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const seen = useQuery({
    queryKey: ["dnc-uploads", record.upload_id, "preview", column, hasHeader],
    queryFn: ({ signal }) =>
      api.get<DncUploadPreview>(`/dnc-uploads/${record.upload_id}/preview`, {
        query: { column, has_header: hasHeader },
        signal,
      }),
    initialData: record.preview,
    initialDataUpdatedAt: 0,
    placeholderData: keepPreviousData,
  });
  const { header, rows } = seen.data;

  async function start(event: React.FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const expires_at = expires === "" || replaces ? null : wallToUtc(expires, zone);
      await api.post(`/dnc-uploads/${record.upload_id}/start`, {
        column,
        has_header: hasHeader,
        reason: reason.trim(),
        ...(expires_at ? { expires_at } : {}),
        replace: replaces,
      });
      onStarted();
      onClose();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void start(event)}>
      <Stack>
        <FormProblem problem={problem ?? seen.error} />
        <Group align="flex-end">
          <Select
            label={t.uploading.column}
            allowDeselect={false}
            data={header.map((name, index) => ({
              value: String(index),
              label: name || t.uploading.nth(index + 1),
            }))}
            value={String(column)}
            onChange={(value) => setColumn(Number(value))}
          />
          <Switch
            label={t.uploading.header}
            checked={hasHeader}
            mb={8}
            onChange={(event) => setHasHeader(event.currentTarget.checked)}
          />
        </Group>
        <Table.ScrollContainer minWidth={320} maxHeight={260}>
          <Table striped>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.uploading.line}</Table.Th>
                <Table.Th>{t.uploading.written}</Table.Th>
                <Table.Th>{t.uploading.listed}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.line_number}>
                  <Table.Td>{row.line_number}</Table.Td>
                  <Table.Td>{row.cells[column] ?? ""}</Table.Td>
                  <Table.Td>
                    {row.value !== null && <b className="tabular">{row.value}</b>}{" "}
                    {row.message && (
                      <Text size="sm" c="red" span>
                        {row.message}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Switch
          label={t.screening.replace}
          description={authority ? t.screening.replaceNeeded : t.screening.replaceHelp}
          checked={replaces}
          disabled={authority}
          onChange={(event) => setReplaces(event.currentTarget.checked)}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t.adding.reason}
            description={t.adding.reasonHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t.adding.expires}
            description={t.uploading.expiresHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={replaces ? "" : expires}
            disabled={replaces}
            onChange={(event) => setExpires(event.currentTarget.value)}
          />
        </Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {t.uploading.go}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
