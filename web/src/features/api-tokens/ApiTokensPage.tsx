import { Button, Checkbox, Modal, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconKey } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { ApiToken, NewApiToken } from "@/api/types";
import { useSession } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { SecretOnce } from "@/shared/SecretOnce";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useSubmit } from "@/shared/useSubmit";
import { useWords } from "@/words/messages";
import { useText } from "./messages";

const PERIODS = ["30", "90", "180", "365"];

function TokenState({ token }: { token: ApiToken }) {
  const t = useText();
  if (token.revoked_at !== null) return <StatusBadge tone="bad">{t.revoked}</StatusBadge>;
  if (Date.parse(token.expires_at) < Date.now()) {
    return <StatusBadge tone="quiet">{t.expired}</StatusBadge>;
  }
  return <StatusBadge tone="good">{t.valid}</StatusBadge>;
}

export function ApiTokensPage() {
  const t = useText();
  const shared = useSharedText();
  const words = useWords();
  const formats = useFormats();
  const client = useQueryClient();
  const list = useKeysetList<ApiToken>(["api-tokens"], "/api-tokens");
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<NewApiToken | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  return (
    <>
      <PartHeader title={t.title} text={t.text} add={t.add} onAdd={() => setAdding(true)} />
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.api_token_id}
        empty={<EmptyState icon={IconKey} title={t.nothing.title} text={t.nothing.text} />}
        columns={[
          { key: "name", header: t.name, render: (row) => <b>{row.name}</b> },
          { key: "state", header: "", render: (row) => <TokenState token={row} /> },
          {
            key: "scopes",
            header: t.scopes,
            wide: true,
            render: (row) => (
              <Text size="sm" c="dimmed" maw={340}>
                {row.scopes.map((scope) => words.permissions[scope] ?? scope).join(", ")}
              </Text>
            ),
          },
          {
            key: "expires",
            header: t.expiresAt,
            wide: true,
            render: (row) => formats.date(row.expires_at),
          },
          {
            key: "used",
            header: t.lastUsed,
            wide: true,
            render: (row) => (row.last_used_at ? formats.dateTime(row.last_used_at) : t.never),
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              row.revoked_at === null && (
                <Button
                  size="xs"
                  variant="subtle"
                  color="red"
                  aria-label={t.revokeOf(row.name)}
                  onClick={() => setRevoking(row)}
                >
                  {t.revoke}
                </Button>
              ),
          },
        ]}
      />
      {adding && (
        <TokenForm
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setAdding(false);
            setMade(token);
          }}
        />
      )}
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        size="lg"
        title={made?.name}
        closeButtonProps={{ "aria-label": shared.close }}
      >
        {made && <SecretOnce title={t.made} text={t.once} secret={made.token} />}
      </Modal>
      <ConfirmDialog
        open={revoking !== null}
        danger
        title={t.revokeTitle(revoking?.name ?? "")}
        action={t.revoke}
        onClose={() => setRevoking(null)}
        onConfirm={async () => {
          await api.delete(`/api-tokens/${revoking?.api_token_id}`);
          await client.invalidateQueries({ queryKey: ["api-tokens"] });
          toast.success(t.revokedDone);
        }}
      >
        {t.revokeText}
      </ConfirmDialog>
    </>
  );
}

function TokenForm(props: { onClose: () => void; onMade: (token: NewApiToken) => void }) {
  const t = useText();
  const shared = useSharedText();
  const words = useWords();
  const client = useQueryClient();
  const { permissions } = useSession();
  const form = useForm({
    initialValues: { name: "", scopes: [] as string[], expires_in_days: "90" },
    validate: {
      name: (name) => (name.trim() === "" ? shared.needed : null),
      scopes: (scopes) => (scopes.length === 0 ? shared.needed : null),
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const made = await api.post<NewApiToken>("/api-tokens", {
      ...values,
      expires_in_days: Number(values.expires_in_days),
    });
    await client.invalidateQueries({ queryKey: ["api-tokens"] });
    props.onMade(made);
  });
  return (
    <FormModal
      open
      size="lg"
      title={t.add}
      action={shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t.name}
          description={t.nameHelp}
          inputWrapperOrder={["label", "input", "description", "error"]}
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Select
          label={t.expires}
          allowDeselect={false}
          data={PERIODS.map((days) => ({ value: days, label: t.days(days) }))}
          {...form.getInputProps("expires_in_days")}
        />
      </SimpleGrid>
      <Checkbox.Group label={t.scopes} {...form.getInputProps("scopes")}>
        <Stack gap={8} mt={6}>
          {permissions
            .filter((permission) => permission !== "agent.desktop")
            .map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                label={words.permissions[permission] ?? permission}
              />
            ))}
        </Stack>
      </Checkbox.Group>
    </FormModal>
  );
}
