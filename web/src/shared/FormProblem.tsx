import { Alert, Button, Group } from "@mantine/core";
import { IconAlertCircle, IconUsers } from "@tabler/icons-react";
import { ApiError } from "@/api/client";
import { errorText } from "./errors";
import { useText } from "./messages";

/** What stands in the way of a whole form; for a stale version, the way to the newer one. */
export function FormProblem({ problem, onReload }: { problem: unknown; onReload?: () => void }) {
  const t = useText();
  if (problem === null || problem === undefined) return null;
  const stale = problem instanceof ApiError && problem.code === "STALE_VERSION";
  return (
    <Alert
      color={stale ? "yellow" : "red"}
      role="alert"
      icon={stale ? <IconUsers /> : <IconAlertCircle />}
      {...(stale ? { title: t.stale.title } : {})}
    >
      <Group justify="space-between" gap="sm">
        <span>{stale ? t.stale.text : errorText(problem, t)}</span>
        {stale && onReload && (
          <Button size="xs" variant="default" onClick={onReload}>
            {t.stale.reload}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
