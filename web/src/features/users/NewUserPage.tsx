import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useRoles } from "@/api/references";
import type { User } from "@/api/types";
import { useSession } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { FormProblem } from "@/shared/FormProblem";
import { LinkButton } from "@/shared/LinkButton";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { SecretOnce } from "@/shared/SecretOnce";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { newPassword } from "./password";
import { UserFields } from "./UserFields";
import { beyondRole, emptyUser, type UserValues } from "./user-form";

/** A person gets a made password, shown once, that can be handed over. */
export function NewUserPage() {
  const t = useText();
  const shared = useSharedText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const roles = useRoles();
  const { organisation } = useSession();
  const [made, setMade] = useState<{ user: User; password: string } | null>(null);
  const form = useForm<UserValues>({
    initialValues: emptyUser(organisation.language),
    validate: {
      display_name: (name) => (name.trim() === "" ? shared.needed : null),
      login: (login) => (login.trim() === "" ? shared.needed : null),
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const password = newPassword();
    const user = await api.post<User>("/users", {
      ...values,
      permissions: beyondRole(values, roles.data ?? []),
      password,
    });
    await client.invalidateQueries({ queryKey: ["users"] });
    await client.invalidateQueries({ queryKey: ["queues"] });
    setMade({ user, password });
  });
  return (
    <>
      <PageHeader title={t.add} above={<BackLink to="/users">{t.title}</BackLink>} />
      {made ? (
        <Stack maw={720}>
          <SecretOnce
            title={t.made(made.user.display_name)}
            text={t.once(made.user.login)}
            secret={made.password}
          />
          <Group>
            <Button
              onClick={() => {
                form.reset();
                setMade(null);
              }}
            >
              {t.add}
            </Button>
            <LinkButton to="/users" variant="default">
              {t.title}
            </LinkButton>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack maw={860}>
            <FormProblem problem={problem} />
            <UserFields form={form} isNew />
            <Text size="sm" c="dimmed">
              {t.generated}
            </Text>
            <Group>
              <Button type="submit" loading={busy}>
                {shared.create}
              </Button>
              <Button variant="default" onClick={() => void navigate({ to: "/users" })}>
                {shared.cancel}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </>
  );
}
