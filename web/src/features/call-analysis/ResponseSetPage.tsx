import { Button, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { PossibleReactions, ResponseSet, Sensitivity } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { ReactionFields } from "./ReactionFields";
import { ANSWERED, bodyOf, type ResponseSetValues, valuesOf } from "./response-form";
import { usePossibleReactions, useResponseSet } from "./useCallAnalysis";

const LEVELS: readonly Sensitivity[] = ["off", "low", "medium", "high"];

export function ResponseSetPage() {
  const { responseSetId } = useParams({ from: "/response-sets/$responseSetId" });
  const kept = useResponseSet(responseSetId);
  const possible = usePossibleReactions();
  if (kept.isPending || possible.isPending) return <Loading />;
  if (kept.data === undefined || possible.data === undefined) {
    return <LoadError error={kept.error ?? possible.error} onRetry={() => void kept.refetch()} />;
  }
  return <Editor key={kept.data.version} kept={kept.data} possible={possible.data} />;
}

function Editor({ kept, possible }: { kept: ResponseSet; possible: PossibleReactions[] }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const [deleting, setDeleting] = useState(false);
  const form = useForm<ResponseSetValues>({ initialValues: valuesOf(kept, possible) });
  const path = `/response-sets/${kept.response_set_id}`;
  const reload = () => client.invalidateQueries({ queryKey: ["response-sets"] });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.patch(path, { ...bodyOf(values), version: kept.version });
    await reload();
    toast.success(shared.saved);
  });
  const fields = (answered: boolean) =>
    possible
      .filter((one) => ANSWERED.includes(one.result) === answered)
      .map((one) => (
        <ReactionFields key={one.result} form={form} possible={one} readOnly={!mayWrite} />
      ));
  return (
    <>
      <PageHeader
        title={kept.name}
        text={kept.campaigns.length > 0 ? `${t.campaigns} : ${kept.campaigns.join(", ")}` : t.text}
        above={<BackLink to="/response-sets">{t.title}</BackLink>}
      >
        {mayWrite && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => setDeleting(true)}
          >
            {t.remove}
          </Button>
        )}
      </PageHeader>
      <form onSubmit={submit} noValidate>
        <Stack maw={820}>
          <FormProblem problem={problem} onReload={() => void reload()} />
          <TextInput label={t.name} required readOnly={!mayWrite} {...form.getInputProps("name")} />
          <Panel title={t.listening} text={t.listeningText}>
            <Stack>
              <Select
                label={t.sensitivity}
                disabled={!mayWrite}
                allowDeselect={false}
                data={LEVELS.map((level) => ({ value: level, label: t.sensitivities[level] }))}
                {...form.getInputProps("live_person_detection")}
              />
              <Switch
                label={t.fax}
                disabled={!mayWrite || form.values.live_person_detection === "off"}
                {...form.getInputProps("fax_detection", { type: "checkbox" })}
              />
              <Switch
                label={t.beep}
                description={t.beepHelp}
                disabled={!mayWrite}
                {...form.getInputProps("beep_detection", { type: "checkbox" })}
              />
            </Stack>
          </Panel>
          <Panel title={t.answered}>
            <Stack>{fields(true)}</Stack>
          </Panel>
          <Panel title={t.unanswered}>
            <Stack>{fields(false)}</Stack>
          </Panel>
          {mayWrite && (
            <Group>
              <Button type="submit" loading={busy}>
                {shared.save}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <ConfirmDialog
        open={deleting}
        danger
        title={t.removeTitle(kept.name)}
        action={t.remove}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          await api.delete(path);
          await navigate({ to: "/response-sets" });
          await reload();
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}
