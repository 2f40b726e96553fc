import { ActionIcon } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import type { DragEvent, KeyboardEvent, ReactNode } from "react";
import classes from "./Editor.module.css";
import { useText } from "./messages";

let dragged: string | null = null;

interface Props {
  /** The item's path; items of one list can change places. */
  path: string;
  name: string;
  disabled: boolean;
  onMove: (from: string, to: number) => void;
  children: (handle: ReactNode) => ReactNode;
  className?: string | undefined;
}

const listOf = (path: string) => path.slice(0, path.lastIndexOf("."));
const indexOf = (path: string) => Number(path.slice(path.lastIndexOf(".") + 1));

/** An item that can be dragged by its handle, or moved with the arrow keys while the handle has the focus. */
export function Reorder({ path, name, disabled, onMove, children, className }: Props) {
  const t = useText().editor;
  const fits = () => dragged !== null && listOf(dragged) === listOf(path) && dragged !== path;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const list = listOf(path);
    const to = indexOf(path) + by;
    onMove(path, to);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-handle="${list}.${to}"]`)?.focus(),
    );
  };
  const handle = disabled ? null : (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      draggable
      data-handle={path}
      aria-label={t.drag(name)}
      className={classes.handle}
      onKeyDown={onKeyDown}
      onDragStart={(event: DragEvent) => {
        dragged = path;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
      }}
      onDragEnd={() => {
        dragged = null;
      }}
    >
      <IconGripVertical size={16} />
    </ActionIcon>
  );
  return (
    <li
      className={className}
      onDragOver={(event) => {
        if (fits()) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!fits() || dragged === null) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(dragged, indexOf(path));
        dragged = null;
      }}
    >
      {children(handle)}
    </li>
  );
}
