import { Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import { useRoles } from "@/api/references";
import type { User } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { UserAccess } from "./UserAccess";
import { UserFields } from "./UserFields";
import { beyondRole, type UserValues, valuesOf } from "./user-form";

export function UserPage() {
  const t = useText();
  const shared = useSharedText();
  const { userId } = useParams({ from: "/users/$userId" });
  const user = useQuery({
    queryKey: ["users", "one", userId],
    queryFn: ({ signal }) => api.get<User>(`/users/${userId}`, { signal }),
    refetchOnWindowFocus: false,
  });
  if (user.isPending) return <Loading />;
  if (user.isError) return <LoadError error={user.error} onRetry={() => void user.refetch()} />;
  const { data } = user;
  return (
    <>
      <PageHeader
        title={data.display_name}
        text={data.login}
        above={<BackLink to="/users">{t.title}</BackLink>}
        beside={
          <StatusBadge tone={data.active ? "good" : "quiet"}>
            {data.active ? shared.active : shared.inactive}
          </StatusBadge>
        }
      />
      <Stack maw={860}>
        <UserForm key={data.version} user={data} onReload={() => void user.refetch()} />
        <UserAccess user={data} />
      </Stack>
    </>
  );
}

function UserForm({ user, onReload }: { user: User; onReload: () => void }) {
  const t = useText();
  const shared = useSharedText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const roles = useRoles();
  const mayWrite = usePermission("users.write");
  const form = useForm<UserValues>({ initialValues: valuesOf(user) });
  const { submit, busy, problem } = useSubmit(form, async ({ login: _login, ...values }) => {
    const saved = await api.patch<User>(`/users/${user.user_id}`, {
      ...values,
      permissions: beyondRole(values, roles.data ?? []),
      version: user.version,
    });
    client.setQueryData(["users", "one", user.user_id], saved);
    await client.invalidateQueries({ queryKey: ["users"] });
    await client.invalidateQueries({ queryKey: ["queues"] });
    toast.success(t.saved);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem problem={problem} onReload={onReload} />
        <UserFields form={form} isNew={false} disabled={!mayWrite} />
        {mayWrite && (
          <Group>
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {shared.save}
            </Button>
            <Button variant="default" onClick={() => void navigate({ to: "/users" })}>
              {shared.cancel}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
