import { IconArrowLeft } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import classes from "./BackLink.module.css";

/** Above a page's title: to where the person came from. */
export function BackLink({ children, ...link }: LinkProps) {
  return (
    <Link {...link} className={classes.link}>
      <IconArrowLeft size={15} stroke={1.8} aria-hidden />
      {children as React.ReactNode}
    </Link>
  );
}
