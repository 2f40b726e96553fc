import { Button, Group } from "@mantine/core";
import { IconChecklist, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Consent } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { PageHeader } from "@/shared/PageHeader";
import { SearchField } from "@/shared/SearchField";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { ConsentBadge } from "./ConsentBadge";
import { ConsentForm } from "./ConsentForm";
import { ConsentsImport } from "./ConsentsImport";
import { useText } from "./messages";
import { usePurposeName } from "./purposes";
import { VoidDialog } from "./VoidDialog";

/** The whole ledger, the newest line first. */
export function ConsentsPage() {
  const t = useText();
  const purposeName = usePurposeName();
  const formats = useFormats();
  const mayWrite = usePermission("contacts.write");
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<"add" | "import" | null>(null);
  const [voiding, setVoiding] = useState<Consent | null>(null);
  const list = useKeysetList<Consent>(["consents"], "/consents", {
    search: search || undefined,
  });
  const buttons = mayWrite && (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={17} />}
        onClick={() => setOpen("import")}
      >
        {t.import}
      </Button>
      <Button leftSection={<IconPlus size={17} />} onClick={() => setOpen("add")}>
        {t.add}
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {buttons}
      </PageHeader>
      <Group mb="md">
        <SearchField label={t.search} value={search} onSearch={setSearch} />
      </Group>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.consent_id}
        {...(mayWrite
          ? { onRowClick: (row: Consent) => row.kind !== "void" && setVoiding(row) }
          : {})}
        empty={
          search ? (
            <EmptyState icon={IconChecklist} title={t.noneOfNumber} />
          ) : (
            <EmptyState icon={IconChecklist} title={t.nothing.title} text={t.nothing.text}>
              {buttons}
            </EmptyState>
          )
        }
        columns={[
          { key: "at", header: t.columns.at, render: (row) => formats.dateTime(row.at) },
          {
            key: "number",
            header: t.columns.number,
            render: (row) => <span className="tabular">{formatNumber(row.number)}</span>,
          },
          { key: "kind", header: t.columns.kind, render: (row) => <ConsentBadge line={row} /> },
          {
            key: "purpose",
            header: t.columns.purpose,
            wide: true,
            render: (row) => purposeName(row.purpose),
          },
          { key: "how", header: t.columns.how, wide: true, render: (row) => row.how || "–" },
          {
            key: "proof",
            header: t.columns.proof,
            wide: true,
            render: (row) => row.proof.slice(0, 60) || row.reference || "–",
          },
          {
            key: "until",
            header: t.columns.until,
            wide: true,
            render: (row) => (row.valid_until ? formats.date(row.valid_until) : "–"),
          },
          {
            key: "by",
            header: t.columns.by,
            wide: true,
            render: (row) =>
              row.file_line !== null
                ? t.fromFile(row.file_name, row.file_line)
                : (row.user_display_name ?? t.sources[row.source]),
          },
        ]}
      />
      {open === "add" && <ConsentForm onClose={() => setOpen(null)} />}
      {open === "import" && <ConsentsImport onClose={() => setOpen(null)} />}
      {voiding && <VoidDialog line={voiding} onClose={() => setVoiding(null)} />}
    </>
  );
}
