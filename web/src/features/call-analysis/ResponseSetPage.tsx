import { Select, Stack, Switch } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { PossibleReactions, ResponseSet, Sensitivity } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DocumentPage } from "@/shared/DocumentPage";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
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
  const mayWrite = usePermission("campaigns.write");
  const form = useForm<ResponseSetValues>({ initialValues: valuesOf(kept, possible) });
  const path = `/response-sets/${kept.response_set_id}`;
  const fields = (answered: boolean) =>
    possible
      .filter((one) => ANSWERED.includes(one.result) === answered)
      .map((one) => (
        <ReactionFields key={one.result} form={form} possible={one} readOnly={!mayWrite} />
      ));
  return (
    <DocumentPage
      title={kept.name}
      text={kept.campaigns.length > 0 ? `${t.campaigns} : ${kept.campaigns.join(", ")}` : t.text}
      list="/response-sets"
      listTitle={t.title}
      nameLabel={t.name}
      maxWidth={820}
      form={form}
      mayWrite={mayWrite}
      reload={() => client.invalidateQueries({ queryKey: ["response-sets"] })}
      save={async (values) => {
        await api.patch(path, { ...bodyOf(values), version: kept.version });
        toast.success(shared.saved);
      }}
      removal={{
        title: t.removeTitle(kept.name),
        text: t.removeText,
        action: t.remove,
        done: t.removed,
        remove: () => api.delete(path),
      }}
    >
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
    </DocumentPage>
  );
}
