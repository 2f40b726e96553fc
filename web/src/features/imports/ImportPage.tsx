import { useParams } from "@tanstack/react-router";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { ImportProgress } from "./ImportProgress";
import { ImportResult } from "./ImportResult";
import { PrepareImport } from "./PrepareImport";
import { useImport } from "./useImport";

/** One import, in whatever state it is: to be prepared, under way, or done. */
export function ImportPage() {
  const { importId } = useParams({ from: "/imports/$importId" });
  const record = useImport(importId);
  if (record.isPending) return <Loading />;
  if (record.isError && record.data === undefined) {
    return <LoadError error={record.error} onRetry={() => void record.refetch()} />;
  }
  switch (record.data.state) {
    case "uploaded":
      return <PrepareImport record={record.data} />;
    case "waiting":
    case "running":
      return <ImportProgress record={record.data} />;
    default:
      return <ImportResult record={record.data} />;
  }
}
