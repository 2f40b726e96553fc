import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./RowButton.module.css";

/** The keyboard's way to what a click on a row opens. */
export function RowButton({ onOpen, children }: { onOpen: () => void; children: ReactNode }) {
  return (
    <UnstyledButton
      className={classes.open}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {children}
    </UnstyledButton>
  );
}
