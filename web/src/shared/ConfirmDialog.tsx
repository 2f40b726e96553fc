import { Button, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useText } from "./messages";
import { toast } from "./toast";

interface Props {
  open: boolean;
  title: string;
  children: ReactNode;
  /** The deed's own verb: "Delete", "Stop the campaign". */
  action: string;
  danger?: boolean;
  /** Until the person has done what the dialog asks for. */
  disabled?: boolean;
  onClose: () => void;
  /** The dialog closes when it is done, and stays with a notice when it fails. */
  onConfirm: () => Promise<unknown>;
}

export function ConfirmDialog(props: Props) {
  const t = useText();
  const [busy, setBusy] = useState(false);

  async function confirm() {
    setBusy(true);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      opened={props.open}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": t.close }}
    >
      <Text component="div" size="sm">
        {props.children}
      </Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {t.cancel}
        </Button>
        <Button
          color={props.danger ? "red" : undefined}
          loading={busy}
          disabled={props.disabled ?? false}
          onClick={confirm}
        >
          {props.action}
        </Button>
      </Group>
    </Modal>
  );
}
