import { ActionIcon, Group } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { movedPositions } from "./order";

interface Props {
  name: string;
  index: number;
  /** All rows in their order. */
  ids: string[];
  positions: number[];
  /** "wrap-up-codes" or "pause-reasons". */
  path: string;
}

/** Moves a row up or down. */
export function OrderButtons({ name, index, ids, positions, path }: Props) {
  const t = useText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);

  async function move(to: number) {
    setBusy(true);
    try {
      for (const { id, position } of movedPositions(ids, positions, index, to)) {
        await api.patch(`/${path}/${id}`, { position });
      }
    } catch (error) {
      toast.error(error);
    } finally {
      await client.invalidateQueries({ queryKey: [path] });
      setBusy(false);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps a press from opening the row.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons within take the keys.
    <div onClick={(event) => event.stopPropagation()}>
      <Group gap={0} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.up(name)}
          disabled={busy || index === 0}
          onClick={() => void move(index - 1)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.down(name)}
          disabled={busy || index === ids.length - 1}
          onClick={() => void move(index + 1)}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
      </Group>
    </div>
  );
}
