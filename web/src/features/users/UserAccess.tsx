import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { User } from "@/api/types";
import { usePermission, useSession } from "@/features/session/session";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { Panel } from "@/shared/Panel";
import { SecretOnce } from "@/shared/SecretOnce";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { newPassword } from "./password";

/** The password and whether the person may sign in at all. */
export function UserAccess({ user }: { user: User }) {
  const t = useText();
  const client = useQueryClient();
  const mayWrite = usePermission("users.write");
  const self = useSession().user.user_id === user.user_id;
  const [password, setPassword] = useState<string | null>(null);
  const [resetting, { open: askReset, close: noReset }] = useDisclosure(false);
  const [deactivating, { open: askDeactivate, close: noDeactivate }] = useDisclosure(false);
  if (!mayWrite) return null;

  async function change(part: { active?: boolean; password?: string }) {
    const saved = await api.patch<User>(`/users/${user.user_id}`, {
      ...part,
      version: user.version,
    });
    client.setQueryData(["users", "one", user.user_id], saved);
    await client.invalidateQueries({ queryKey: ["users"] });
  }

  return (
    <Panel title={t.access}>
      <Stack>
        {password !== null && (
          <SecretOnce title={t.newPassword} text={t.once(user.login)} secret={password} />
        )}
        <Group justify="space-between">
          <Text size="sm" c="dimmed" maw="62ch">
            {t.passwordText}
          </Text>
          <Button variant="default" onClick={askReset}>
            {t.reset}
          </Button>
        </Group>
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {self ? t.self : user.active ? t.activeNow : t.inactiveNow}
          </Text>
          {user.active ? (
            <Button variant="light" color="red" disabled={self} onClick={askDeactivate}>
              {t.deactivate}
            </Button>
          ) : (
            <Button
              onClick={() =>
                void change({ active: true })
                  .then(() => toast.success(t.activated))
                  .catch(toast.error)
              }
            >
              {t.activate}
            </Button>
          )}
        </Group>
      </Stack>
      <ConfirmDialog
        open={resetting}
        title={t.resetTitle(user.display_name)}
        action={t.reset}
        onClose={noReset}
        onConfirm={async () => {
          const made = newPassword();
          await change({ password: made });
          setPassword(made);
        }}
      >
        {t.passwordText}
      </ConfirmDialog>
      <ConfirmDialog
        open={deactivating}
        danger
        title={t.deactivateTitle(user.display_name)}
        action={t.deactivate}
        onClose={noDeactivate}
        onConfirm={async () => {
          await change({ active: false });
          toast.success(t.deactivated);
        }}
      >
        {t.deactivateText}
      </ConfirmDialog>
    </Panel>
  );
}
