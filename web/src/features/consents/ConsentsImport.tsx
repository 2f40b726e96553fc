import {
  Alert,
  Button,
  Fieldset,
  FileButton,
  List,
  Modal,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconCheck, IconFileImport } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { ConsentReport } from "@/api/types";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

const LISTED = 20;

/** A CSV file of consents, with a report of the rows that were refused. */
export function ConsentsImport({ onClose }: { onClose: () => void }) {
  const words = useText();
  const t = words.file;
  const shared = useSharedText();
  const formats = useFormats();
  const client = useQueryClient();
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [kind, setKind] = useState("given");
  const [purpose, setPurpose] = useState("prospecting");
  const [how, setHow] = useState("");
  const [proof, setProof] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [report, setReport] = useState<ConsentReport | null>(null);
  const rows = file ? Math.max(0, file.text.trim().split("\n").length - 1) : 0;

  async function send(event: React.FormEvent) {
    event.preventDefault();
    if (file === null) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { csv: file.text, kind, purpose: purpose.trim(), how, proof };
      setReport(await api.post<ConsentReport>("/consents/import", body));
      await client.invalidateQueries({ queryKey: ["consents"] });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={<Text fw={620}>{t.title}</Text>}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      {report ? (
        <Stack>
          <Alert color="green" icon={<IconCheck />} role="status">
            {t.result(formats.count(report.added), formats.count(report.known))}
          </Alert>
          {report.ignored_columns.length > 0 && (
            <Text size="sm" c="dimmed">
              {t.ignored(report.ignored_columns.join(", "))}
            </Text>
          )}
          {report.rejected.length > 0 && (
            <Alert
              color="red"
              role="alert"
              title={t.rejected(report.rejected.length, formats.count(report.rejected.length))}
            >
              <List size="sm">
                {report.rejected.slice(0, LISTED).map((one) => (
                  <List.Item key={one.line}>
                    <b>{t.line(one.line, one.column)}</b> {one.message}
                  </List.Item>
                ))}
              </List>
              {report.rejected.length > LISTED &&
                t.more(formats.count(report.rejected.length - LISTED))}
            </Alert>
          )}
          <Button onClick={onClose} style={{ alignSelf: "flex-end" }}>
            {shared.close}
          </Button>
        </Stack>
      ) : (
        <form onSubmit={(event) => void send(event)} noValidate>
          <Stack>
            <FormProblem problem={problem} />
            <Text size="sm">{t.text}</Text>
            <FileButton
              accept=".csv,text/csv,text/plain"
              onChange={(chosen) =>
                void chosen?.text().then((text) => setFile({ name: chosen.name, text }))
              }
            >
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconFileImport size={17} />}>
                  {file ? t.chosen(file.name, formats.count(rows)) : t.choose}
                </Button>
              )}
            </FileButton>
            <Fieldset legend={t.defaults}>
              <Stack>
                <SegmentedControl
                  aria-label={words.form.kind}
                  value={kind}
                  onChange={setKind}
                  data={[
                    { value: "given", label: words.kinds.given },
                    { value: "withdrawn", label: words.kinds.withdrawn },
                  ]}
                />
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <TextInput
                    label={words.form.purpose}
                    value={purpose}
                    onChange={(event) => setPurpose(event.currentTarget.value)}
                  />
                  <TextInput
                    label={words.form.how}
                    description={words.form.howHelp}
                    inputWrapperOrder={["label", "input", "description", "error"]}
                    value={how}
                    onChange={(event) => setHow(event.currentTarget.value)}
                  />
                </SimpleGrid>
                <TextInput
                  label={words.form.proof}
                  value={proof}
                  onChange={(event) => setProof(event.currentTarget.value)}
                />
              </Stack>
            </Fieldset>
            <Button
              type="submit"
              loading={busy}
              disabled={file === null}
              style={{ alignSelf: "flex-end" }}
            >
              {t.action}
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
