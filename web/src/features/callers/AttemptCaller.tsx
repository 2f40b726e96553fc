import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { AttemptRow, Caller } from "@/api/types";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { CallerFacts } from "./CallerFacts";
import { useText } from "./messages";

/** Whether a flow has, or may have, spoken with the other side. */
function speaksWithFlow(attempt: AttemptRow): boolean {
  if (attempt.mode === "inbound" || attempt.mode === "agentless") return true;
  return (
    attempt.call_analysis?.reaction === "flow" || (attempt.message_media ?? "").startsWith("flow:")
  );
}

/** Of an attempt that a flow has had: its way and what was noted; nothing for others. */
export function AttemptCaller({ attempt }: { attempt: AttemptRow }) {
  const t = useText();
  const hasFlow = speaksWithFlow(attempt);
  const query = useQuery({
    queryKey: ["attempts", attempt.attempt_id],
    queryFn: ({ signal }) =>
      api.get<{ caller: Caller | null }>(`/attempts/${attempt.attempt_id}`, { signal }),
    enabled: hasFlow,
  });
  if (!hasFlow) return null;
  if (query.isPending) return <Loading />;
  if (query.data === undefined) {
    return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data.caller === null) return null;
  return (
    <section aria-label={t.title}>
      <Title order={3} size="h5" mt="md" mb="xs">
        {t.title}
      </Title>
      <CallerFacts caller={query.data.caller} why attemptId={attempt.attempt_id} />
    </section>
  );
}
