import { IconTemplate } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ImportTemplate } from "@/api/types/lists";
import { useText as useImportText } from "@/features/imports/messages";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";

export function TemplatesPage() {
  const t = useText();
  const imports = useImportText();
  const formats = useFormats();
  const navigate = useNavigate();
  const mayWrite = usePermission("lists.write");
  const list = useKeysetList<ImportTemplate>(["import-templates"], "/import-templates");
  const button = mayWrite && (
    <LinkButton to="/import-templates/new" leftSection={<IconTemplate size={17} />}>
      {t.add}
    </LinkButton>
  );
  const open = (template: ImportTemplate) =>
    void navigate({
      to: "/import-templates/$importTemplateId",
      params: { importTemplateId: template.import_template_id },
    });
  return (
    <>
      <PageHeader
        title={t.title}
        text={t.text}
        above={<BackLink to="/imports">{imports.title}</BackLink>}
      >
        {button}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.import_template_id}
        {...(mayWrite ? { onRowClick: open } : {})}
        empty={
          <EmptyState icon={IconTemplate} title={t.nothing.title} text={t.nothing.text}>
            {button}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) =>
              mayWrite ? (
                <TextLink
                  to="/import-templates/$importTemplateId"
                  params={{ importTemplateId: row.import_template_id }}
                  fw={560}
                >
                  {row.name}
                </TextLink>
              ) : (
                row.name
              ),
          },
          {
            key: "columns",
            header: t.columnCount,
            wide: true,
            render: (row) => row.mapping.columns.map((column) => column.source).join(", "),
          },
          {
            key: "changed",
            header: t.changed,
            align: "right",
            render: (row) => formats.dateTime(row.updated_at),
          },
        ]}
      />
    </>
  );
}
