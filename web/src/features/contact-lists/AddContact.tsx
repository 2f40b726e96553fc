import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import type { Contact, ContactList } from "@/api/types";
import { useText as useFilterText } from "@/features/filters/messages";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { DataFields } from "./DataFields";
import { useText } from "./messages";

interface Props {
  list: ContactList;
  open: boolean;
  onClose: () => void;
}

/** The values that were filled in: empty ones are not sent. */
export function filledIn(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
}

export function AddContact({ list, open, onClose }: Props) {
  const t = useText();
  const filterText = useFilterText();
  const shared = useSharedText();
  const client = useQueryClient();
  const [values, setValues] = useState<Record<string, string>>({});
  const [front, setFront] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const errors = problem instanceof ApiError ? problem.fields : {};

  async function send(event: React.FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await api.post<Contact>(`/contact-lists/${list.contact_list_id}/contacts`, {
        data: filledIn(values),
        ...(front ? { priority: "front" } : {}),
      });
      await client.invalidateQueries({ queryKey: ["contacts", list.contact_list_id] });
      await client.invalidateQueries({ queryKey: ["contact-lists"] });
      toast.success(t.add.added);
      setValues({});
      setFront(false);
      onClose();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={t.add.title}
      size="lg"
      closeButtonProps={{ "aria-label": shared.close }}
    >
      <form onSubmit={(event) => void send(event)}>
        <Stack>
          <FormProblem problem={problem} />
          <DataFields
            columns={list.columns}
            values={values}
            errors={errors}
            onChange={(name, value) => setValues((kept) => ({ ...kept, [name]: value }))}
          />
          <Checkbox
            label={filterText.front}
            description={filterText.frontHelp}
            checked={front}
            onChange={(event) => setFront(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {shared.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
