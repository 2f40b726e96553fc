import { Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import { useQueues } from "@/api/references";
import type { Queue, QueueRouting } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { BackLink } from "@/shared/BackLink";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { AlertFiguresPanel } from "./AlertFiguresPanel";
import { ArrivalSection } from "./ArrivalSection";
import { AfterSection, ChoiceSection, HeardSection, OutboundSection } from "./FieldSections";
import { LimitsSection } from "./LimitsSection";
import { MembersSection } from "./MembersSection";
import { useText } from "./messages";
import { OrderSection } from "./OrderSection";
import { RingsSection } from "./RingsSection";
import { bodyOf, type RoutingValues, valuesOf } from "./routing-form";
import { TryOut } from "./TryOut";
import { useQueueRouting } from "./useRouting";

export function QueuePage() {
  const { queueId } = useParams({ from: "/settings/queues/$queueId" });
  const queues = useQueues();
  const routing = useQueueRouting(queueId);
  if (queues.isPending || routing.isPending) return <Loading />;
  const queue = queues.data?.find((one) => one.queue_id === queueId);
  if (queue === undefined || routing.data === undefined) {
    return (
      <LoadError
        error={queues.error ?? routing.error}
        onRetry={() => void Promise.all([queues.refetch(), routing.refetch()])}
      />
    );
  }
  return <Editor key={routing.data.version} queue={queue} kept={routing.data} />;
}

function Editor({ queue, kept }: { queue: Queue; kept: QueueRouting }) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const mayWrite = usePermission("queues.write");
  const form = useForm<RoutingValues>({ initialValues: valuesOf(kept) });
  const key = ["queues", queue.queue_id, "routing"];
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.put(`/queues/${queue.queue_id}/routing`, bodyOf(values, kept.version));
    await client.invalidateQueries({ queryKey: key });
    toast.success(shared.saved);
  });
  const parts = { form, readOnly: !mayWrite };
  return (
    <>
      <BackLink to="/settings/queues">{t.back}</BackLink>
      <PartHeader title={queue.name} text={t.text} />
      <Stack maw={860}>
        <TryOut queueId={queue.queue_id} />
        <form onSubmit={submit} noValidate>
          <Stack>
            <FormProblem
              problem={problem}
              onReload={() => void client.invalidateQueries({ queryKey: key })}
            />
            <RingsSection {...parts} />
            <MembersSection {...parts} />
            <ChoiceSection {...parts} />
            <OrderSection {...parts} />
            <LimitsSection {...parts} queueId={queue.queue_id} />
            <HeardSection {...parts} />
            <ArrivalSection {...parts} />
            <AfterSection {...parts} />
            <OutboundSection {...parts} />
            {mayWrite && (
              <Group>
                <Button type="submit" loading={busy}>
                  {shared.save}
                </Button>
              </Group>
            )}
          </Stack>
        </form>
        {kept.settings.arrival === "asked" && <AlertFiguresPanel queueId={queue.queue_id} />}
      </Stack>
    </>
  );
}
