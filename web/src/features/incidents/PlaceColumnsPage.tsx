import { Button, Group, Stack, TagsInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import type { IncidentSettings } from "./types";

const SETTINGS = ["incident-settings"];

/** The columns of contacts that tell a caller's place. */
export function PlaceColumnsPage() {
  const t = useText();
  const found = useQuery({
    queryKey: SETTINGS,
    queryFn: ({ signal }) => api.get<IncidentSettings>("/incident-settings", { signal }),
  });
  return (
    <>
      <PartHeader title={t.placeColumns} text={t.placeColumnsText} />
      {found.isPending ? (
        <Loading />
      ) : found.data === undefined ? (
        <LoadError error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <PlaceColumnsForm key={found.data.version} settings={found.data} />
      )}
    </>
  );
}

function PlaceColumnsForm({ settings }: { settings: IncidentSettings }) {
  const t = useText();
  const client = useQueryClient();
  const mayWrite = usePermission("settings.write");
  const form = useForm({ initialValues: { ...settings } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.put("/incident-settings", values);
    await client.invalidateQueries({ queryKey: SETTINGS });
    toast.success(t.placeColumnsSaved);
  });
  const columns = (name: "commune_columns" | "cell_columns") => ({
    ...form.getInputProps(name),
    maxTags: 20,
    readOnly: !mayWrite,
    splitChars: [","],
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={560}>
        <TagsInput
          label={t.communeColumns}
          description={t.columnsHelp}
          {...columns("commune_columns")}
        />
        <TagsInput label={t.cellColumns} {...columns("cell_columns")} />
        <FormProblem problem={problem} />
        {mayWrite && (
          <Group>
            <Button type="submit" loading={busy}>
              {t.save}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
