import { Box } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useContactLists } from "@/api/references";
import type { Import } from "@/api/types";
import { usePermission, useSession } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { useFormats } from "@/shared/useFormats";
import { ImportBadge } from "./ImportBadge";
import { useText } from "./messages";
import { SourceChoices } from "./SourceChoices";
import { useImport, usePreview } from "./useImport";
import { WizardForm } from "./WizardForm";
import { begin, startBody } from "./wizard";

/** Between upload and start. The file is on the server: a reload begins the choices anew. */
export function PrepareImport({ record }: { record: Import }) {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { organisation } = useSession();
  const mayMakeList = usePermission("lists.write");
  const ownRegion = record.contact_list_id === null ? organisation.region : null;
  const first = usePreview(record.import_id, null, null, null, null, ownRegion);
  const lists = useContactLists();
  const [read, setRead] = useState(0);
  const refetch = useImport(record.import_id).refetch;
  const header = (
    <PageHeader
      title={t.prepare.title(record.file_name)}
      text={formats.bytes(record.file_bytes)}
      above={<BackLink to="/imports">{t.title}</BackLink>}
      beside={<ImportBadge state={record.state} />}
    />
  );
  if (first.isPending || lists.isPending) {
    return (
      <>
        {header}
        <Loading />
      </>
    );
  }
  if (first.isError || lists.isError) {
    return (
      <>
        {header}
        <LoadError error={first.error ?? lists.error} onRetry={() => void first.refetch()} />
      </>
    );
  }
  const list = lists.data.find((one) => one.contact_list_id === record.contact_list_id) ?? null;
  return (
    <>
      {header}
      <Box mb="md">
        <SourceChoices record={record} onRead={() => setRead((times) => times + 1)} />
      </Box>
      <WizardForm
        key={read}
        importId={record.import_id}
        sheet={record.sheet}
        lists={lists.data}
        initial={begin(first.data, {
          fileName: record.file_name,
          region: organisation.region,
          timeZone: organisation.time_zone,
          list,
          mayMakeList,
          onDuplicate: record.on_duplicate,
        })}
        onStart={async (wizard) => {
          const answer = await api.post<Import>(
            `/imports/${record.import_id}/start`,
            startBody(wizard),
          );
          client.setQueryData(["imports", "one", record.import_id], answer);
          await client.invalidateQueries({ queryKey: ["contact-lists"] });
          await refetch();
        }}
        onDiscard={async () => {
          await api.post(`/imports/${record.import_id}/cancel`);
          await client.invalidateQueries({ queryKey: ["imports"] });
          await navigate({ to: "/imports" });
        }}
      />
    </>
  );
}
