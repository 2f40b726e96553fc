import { Alert, Button, Group, List, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { ContactList } from "@/api/types";
import { ConsentColumnsPanel } from "@/features/consents/ConsentColumnsPanel";
import { useText as useConsentText } from "@/features/consents/messages";
import { SaveAsTemplate } from "@/features/import-templates/SaveAsTemplate";
import { FormProblem } from "@/shared/FormProblem";
import { toast } from "@/shared/toast";
import { FileFormatPanel } from "./FileFormatPanel";
import { LeftOut } from "./LeftOut";
import { MappingTable } from "./MappingTable";
import { useText } from "./messages";
import { TargetPanel } from "./TargetPanel";
import { usePreview } from "./useImport";
import { kindsOf, problemsOf, regionOf, reread, type Wizard, withKinds } from "./wizard";

interface Props {
  importId: string;
  /** Of a workbook: it has neither encoding nor delimiter. */
  sheet: string | null;
  lists: ContactList[];
  initial: Wizard;
  onStart: (wizard: Wizard) => Promise<void>;
  onDiscard: () => Promise<void>;
}

export function WizardForm({ importId, sheet, lists, initial, onStart, onDiscard }: Props) {
  const t = useText().prepare;
  const problemWords = { ...t.problems, ...useConsentText().fileColumns.problems };
  const [wizard, setWizard] = useState(initial);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const alert = useRef<HTMLDivElement>(null);
  const { encoding, delimiter, headerLine } = wizard;
  const region = regionOf(wizard);
  // Another encoding, delimiter or line of titles is another table: its columns come from its own guess. Another
  // country reads the same table otherwise.
  const guess = usePreview(importId, encoding, delimiter, headerLine, null, region);
  const { data, isPlaceholderData } = guess;
  const shown = usePreview(importId, encoding, delimiter, headerLine, kindsOf(wizard), region);
  const table = `${encoding} ${delimiter} ${headerLine}`;
  const read = useRef({ table, preview: initial.encoding === null ? guess.data : undefined });
  useEffect(() => {
    if (data === undefined || isPlaceholderData || read.current.preview === data) return;
    const same = read.current.table === table;
    read.current = { table, preview: data };
    setWizard((now) => (same ? withKinds(now, data) : reread(now, data)));
  }, [data, isPlaceholderData, table]);
  const problems = problemsOf(wizard);

  async function start() {
    setTried(true);
    if (problems.length > 0) {
      alert.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await onStart(wizard);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack>
      {guess.data && sheet === null && (
        <FileFormatPanel
          preview={guess.data}
          wizard={wizard}
          error={guess.error ?? shown.error}
          onChange={setWizard}
        />
      )}
      {guess.data && <LeftOut wizard={wizard} preview={guess.data} onChange={setWizard} />}
      {shown.data && (
        <MappingTable
          preview={shown.data}
          wizard={wizard}
          error={sheet === null ? null : (guess.error ?? shown.error)}
          fetching={shown.isFetching || guess.isFetching}
          onChange={setWizard}
        />
      )}
      <ConsentColumnsPanel
        consent={wizard.consent}
        header={wizard.columns.map((column) => column.source)}
        onChange={(consent) => setWizard((now) => ({ ...now, consent }))}
      />
      <TargetPanel wizard={wizard} lists={lists} onChange={setWizard} />
      <div ref={alert} tabIndex={-1}>
        {tried && problems.length > 0 && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            <List size="sm">
              {problems.map((code) => (
                <List.Item key={code}>{problemWords[code]}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <FormProblem problem={problem} />
      </div>
      <Group>
        <Button size="md" loading={busy} onClick={() => void start()}>
          {t.go}
        </Button>
        <SaveAsTemplate
          wizard={wizard}
          sheet={sheet}
          skipLines={(headerLine ?? guess.data?.header_line ?? 1) - 1}
        />
        <Button variant="default" size="md" onClick={() => void onDiscard().catch(toast.error)}>
          {t.discard}
        </Button>
      </Group>
    </Stack>
  );
}
