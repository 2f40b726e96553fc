import { Button, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { AttemptRow, Contact } from "@/api/types";
import { PersonPanel } from "@/features/attempt-rules/PersonPanel";
import { AttemptTimeline } from "@/features/attempts/AttemptTimeline";
import { ContactConsentsPanel } from "@/features/consents/ContactConsentsPanel";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { contactName } from "@/shared/contact-name";
import { KeyValues } from "@/shared/KeyValues";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { ClearNumber } from "./ClearNumber";
import classes from "./ContactPage.module.css";
import { ContactRecord } from "./ContactRecord";
import { useText } from "./messages";
import { useContactList } from "./useContactList";

function useHistory(contactId: string) {
  return useQuery({
    queryKey: ["contacts", "history", contactId],
    queryFn: ({ signal }) => api.get<AttemptRow[]>(`/contacts/${contactId}/history`, { signal }),
  });
}

export function ContactPage() {
  const t = useText().contact;
  const formats = useFormats();
  const { contactId } = useParams({ from: "/contacts/$contactId" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayWrite = usePermission("contacts.write");
  const [deleting, { open: askDelete, close: stopDelete }] = useDisclosure(false);
  const contact = useQuery({
    queryKey: ["contacts", "one", contactId],
    queryFn: ({ signal }) => api.get<Contact>(`/contacts/${contactId}`, { signal }),
  });
  const list = useContactList(contact.data?.contact_list_id ?? null);
  const history = useHistory(contactId);
  if (contact.isPending || (list.isPending && !contact.isError)) return <Loading />;
  if (contact.isError || list.isError || list.data === undefined) {
    return <LoadError error={contact.error ?? list.error} onRetry={() => void contact.refetch()} />;
  }
  const one = contact.data;
  const name = contactName(one, list.data.columns) || t.untitled;
  return (
    <>
      <PageHeader
        title={name}
        above={
          <BackLink
            to="/contact-lists/$contactListId"
            params={{ contactListId: one.contact_list_id }}
          >
            {list.data.name}
          </BackLink>
        }
        beside={one.callable ? undefined : <StatusBadge tone="bad">{t.marked}</StatusBadge>}
      >
        {mayWrite && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={askDelete}
          >
            {t.delete}
          </Button>
        )}
      </PageHeader>
      <div className={classes.columns}>
        <Stack>
          <ContactRecord
            key={one.version}
            contact={one}
            list={list.data}
            mayWrite={mayWrite}
            onReload={() => void contact.refetch()}
            onSaved={(saved) => client.setQueryData(["contacts", "one", contactId], saved)}
          />
          <Panel title={t.history} text={t.historyText}>
            {history.isError ? (
              <LoadError error={history.error} onRetry={() => void history.refetch()} />
            ) : history.isPending ? (
              <Loading />
            ) : (
              <AttemptTimeline attempts={history.data} empty={t.noHistory} />
            )}
          </Panel>
        </Stack>
        <Stack>
          <Panel title={t.numbers}>
            {one.numbers.length === 0 ? (
              <p className={classes.none}>{t.noNumbers}</p>
            ) : (
              <ul className={classes.numbers}>
                {one.numbers.map((number) => (
                  <li key={`${number.label}${number.number}`}>
                    <span className="tabular">{formatNumber(number.number)}</span>
                    <span className={classes.label}>{number.label}</span>
                    {!number.callable && <StatusBadge tone="bad">{t.numberUncallable}</StatusBadge>}
                    {!number.callable && mayWrite && (
                      <ClearNumber
                        contactId={contactId}
                        number={number.number}
                        onCleared={() => void contact.refetch()}
                      />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Panel>
          <ContactConsentsPanel
            contactId={contactId}
            numbers={one.numbers.map((number) => number.number)}
            mayWrite={mayWrite}
          />
          <PersonPanel contactId={contactId} mayWrite={mayWrite} />
          <Panel title={list.data.name}>
            <KeyValues
              rows={[
                [t.key, one.external_key],
                [t.timeZone, one.time_zone ?? list.data.time_zone],
                [t.language, one.language],
                [t.added, formats.dateTime(one.created_at)],
                [t.changed, formats.dateTime(one.updated_at)],
              ]}
            />
          </Panel>
        </Stack>
      </div>
      <ConfirmDialog
        open={deleting}
        danger
        title={t.deleteTitle}
        action={t.delete}
        onClose={stopDelete}
        onConfirm={async () => {
          await api.delete(`/contacts/${contactId}`);
          await client.invalidateQueries({ queryKey: ["contact-lists"] });
          toast.success(t.deleted);
          await navigate({
            to: "/contact-lists/$contactListId",
            params: { contactListId: one.contact_list_id },
          });
        }}
      >
        {t.deleteText}
      </ConfirmDialog>
    </>
  );
}
