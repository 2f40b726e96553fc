import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormProblem } from "./FormProblem";
import { useText } from "./messages";

interface Props {
  open: boolean;
  title: string;
  action: string;
  /** What is done cannot be undone. */
  danger?: boolean;
  busy: boolean;
  /** Nothing would be done yet. */
  idle?: boolean;
  problem: unknown;
  size?: string | number;
  onSubmit: (event: React.FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  onReload?: () => void;
  children: ReactNode;
}

/** A form in a dialog: its fields, what stands in its way, and its two buttons. */
export function FormModal(props: Props) {
  const t = useText();
  return (
    <Modal
      opened={props.open}
      onClose={props.onClose}
      size={props.size ?? "md"}
      title={<Text fw={620}>{props.title}</Text>}
      closeButtonProps={{ "aria-label": t.close }}
    >
      <form onSubmit={props.onSubmit} noValidate>
        <Stack>
          <FormProblem
            problem={props.problem}
            {...(props.onReload ? { onReload: props.onReload } : {})}
          />
          {props.children}
          <Group justify="flex-end" gap="sm" mt="xs">
            <Button variant="default" onClick={props.onClose}>
              {t.cancel}
            </Button>
            <Button
              type="submit"
              loading={props.busy}
              disabled={props.idle}
              color={props.danger ? "red" : undefined}
            >
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
