import { Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./PageHeader.module.css";

interface Props {
  title: string;
  /** One line that says what the page is for. */
  text?: ReactNode;
  /** Above the title: a link back. */
  above?: ReactNode;
  /** Beside the title: a badge of state. */
  beside?: ReactNode;
  /** Buttons at the right. */
  children?: ReactNode;
}

/** Head of a page; also the browser's title. */
export function PageHeader({ title, text, above, beside, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Kwabo`;
  }, [title]);
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {above && <div className={classes.above}>{above}</div>}
        <div className={classes.line}>
          <Title order={1}>{title}</Title>
          {beside}
        </div>
        {text && <p className={classes.text}>{text}</p>}
      </div>
      {children && <div className={classes.actions}>{children}</div>}
    </header>
  );
}
