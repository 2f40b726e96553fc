import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { ErasuresPanel } from "@/features/erasure/ErasuresPanel";
import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { ClassesPanel } from "./ClassesPanel";
import { HoldsPanel } from "./HoldsPanel";
import { useText } from "./messages";
import { RunsPanel } from "./RunsPanel";
import type { Retention } from "./types";

export function RetentionPage() {
  const t = useText();
  const mayWrite = usePermission("settings.write");
  const mayErase = usePermission("persons.erase");
  const found = useQuery({
    queryKey: ["retention"],
    queryFn: ({ signal }) => api.get<Retention>("/retention", { signal }),
  });
  return (
    <>
      <PartHeader title={t.title} text={t.text} />
      {found.isPending ? (
        <Loading />
      ) : found.data === undefined ? (
        <LoadError error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Stack>
          <ClassesPanel
            key={found.data.version}
            retention={found.data}
            mayWrite={mayWrite}
            onChanged={() => void found.refetch()}
          />
          <HoldsPanel
            holds={found.data.holds}
            mayWrite={mayWrite}
            onChanged={() => void found.refetch()}
          />
          <RunsPanel runs={found.data.runs} />
          {mayErase && <ErasuresPanel />}
        </Stack>
      )}
    </>
  );
}
