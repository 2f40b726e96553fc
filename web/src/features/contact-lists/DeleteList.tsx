import { Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { ContactList } from "@/api/types";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

interface Props {
  list: ContactList;
  open: boolean;
  onClose: () => void;
}

/** Says what goes and what stays; a list with contacts must be named to be deleted. */
export function DeleteList({ list, open, onClose }: Props) {
  const t = useText().delete;
  const formats = useFormats();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const named = list.contacts === 0 || typed.trim() === list.name;
  return (
    <ConfirmDialog
      open={open}
      danger
      title={t.title(list.name)}
      action={t.action}
      disabled={!named}
      onClose={onClose}
      onConfirm={async () => {
        await api.delete(`/contact-lists/${list.contact_list_id}`);
        await client.invalidateQueries({ queryKey: ["contact-lists"] });
        toast.success(t.done);
        await navigate({ to: "/contact-lists" });
      }}
    >
      <Stack gap="sm">
        <span>{t.text(formats.count(list.contacts))}</span>
        <Text size="sm" c="dimmed">
          {t.inUse}
        </Text>
        {list.contacts > 0 && (
          <TextInput
            label={t.type(list.name)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
