import { Alert, Button, Group } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { errorText } from "./errors";
import { useText } from "./messages";

/** In place of what could not be loaded. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText();
  return (
    <Alert color="red" icon={<IconAlertCircle />} title={t.failed} role="alert">
      <Group justify="space-between" gap="sm">
        <span>{errorText(error, t)}</span>
        {onRetry && (
          <Button size="xs" variant="light" color="red" onClick={onRetry}>
            {t.tryAgain}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
