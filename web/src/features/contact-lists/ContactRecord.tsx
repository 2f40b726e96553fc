import { Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import type { Contact, ContactList } from "@/api/types";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { type ContactDraft, changeOf, draftOf } from "./contact-draft";
import { DataFields } from "./DataFields";
import { useText } from "./messages";

interface Props {
  contact: Contact;
  list: ContactList;
  mayWrite: boolean;
  onReload: () => void;
  onSaved: (contact: Contact) => void;
}

/** The contact's values and whether it may be called. Sends only what was changed. */
export function ContactRecord({ contact, list, mayWrite, onReload, onSaved }: Props) {
  const t = useText().contact;
  const shared = useSharedText();
  const [draft, setDraft] = useState<ContactDraft>(() => draftOf(contact));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const change = changeOf(contact, draft);
  const errors = problem instanceof ApiError ? problem.fields : {};
  const known = Object.keys(errors).length > 0;

  async function save(event: React.FormEvent) {
    event.preventDefault();
    if (change === null) return;
    setBusy(true);
    setProblem(null);
    try {
      onSaved(await api.patch<Contact>(`/contacts/${contact.contact_id}`, change));
      toast.success(t.saved);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Panel title={t.data}>
      <form onSubmit={(event) => void save(event)}>
        <Stack>
          {!known && <FormProblem problem={problem} onReload={onReload} />}
          <DataFields
            columns={list.columns}
            values={draft.data}
            errors={errors}
            disabled={!mayWrite}
            onChange={(name, value) =>
              setDraft((kept) => ({ ...kept, data: { ...kept.data, [name]: value } }))
            }
          />
          <Switch
            label={t.callable}
            description={t.callableHelp}
            checked={draft.callable}
            disabled={!mayWrite}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setDraft((kept) => ({ ...kept, callable: checked }));
            }}
          />
          {!draft.callable && (
            <TextInput
              label={t.reason}
              description={t.reasonHelp}
              value={draft.reason}
              disabled={!mayWrite}
              error={errors.uncallable_reason}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setDraft((kept) => ({ ...kept, reason: value }));
              }}
            />
          )}
          {mayWrite && (
            <Group>
              <Button type="submit" loading={busy} disabled={change === null}>
                {shared.save}
              </Button>
              {change !== null && (
                <Button variant="default" onClick={() => setDraft(draftOf(contact))}>
                  {shared.cancel}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}
