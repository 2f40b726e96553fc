import { Group, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { Import, UploadedImport } from "@/api/types";
import { useTemplates } from "@/features/import-templates/useTemplates";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { useText } from "./messages";

/** The sheet of a workbook and the template: each choice has the server read the file anew. */
export function SourceChoices({ record, onRead }: { record: Import; onRead: () => void }) {
  const t = useText().prepare;
  const client = useQueryClient();
  const templates = useTemplates();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const found = templates.data ?? [];
  if (record.sheets.length < 2 && found.length === 0) return null;

  async function choose(what: "sheet" | "template", body: Record<string, string | null>) {
    setBusy(true);
    setProblem(null);
    try {
      const path = `/imports/${record.import_id}/${what}`;
      const { preview, ...read } = await api.post<UploadedImport>(path, body);
      client.removeQueries({ queryKey: ["imports", "preview", record.import_id] });
      client.setQueryData(
        ["imports", "preview", record.import_id, null, null, null, null],
        preview,
      );
      client.setQueryData(["imports", "one", record.import_id], read);
      onRead();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Panel
      title={t.source}
      text={
        record.import_template_id ? t.templateChosen : found.length > 0 ? t.sourceText : undefined
      }
    >
      <FormProblem problem={problem} />
      <Group align="flex-end">
        {record.sheets.length > 1 && (
          <Select
            label={t.sheet}
            w={260}
            allowDeselect={false}
            disabled={busy}
            data={record.sheets}
            value={record.sheet}
            onChange={(sheet) => void choose("sheet", { sheet })}
          />
        )}
        {found.length > 0 && (
          <Select
            label={t.template}
            w={260}
            clearable
            disabled={busy}
            placeholder={t.templateNone}
            data={found.map((one) => ({ value: one.import_template_id, label: one.name }))}
            value={record.import_template_id}
            onChange={(id) => void choose("template", { import_template_id: id })}
          />
        )}
      </Group>
    </Panel>
  );
}
