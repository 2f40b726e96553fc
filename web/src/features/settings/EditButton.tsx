import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useText } from "./messages";

/** The keyboard's way to a row's form; the mouse may press the row itself. */
export function EditButton({ name, onEdit }: { name: string; onEdit: () => void }) {
  const t = useText();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t.editOf(name)}
      onClick={(event) => {
        event.stopPropagation();
        onEdit();
      }}
    >
      <IconPencil size={17} />
    </ActionIcon>
  );
}
