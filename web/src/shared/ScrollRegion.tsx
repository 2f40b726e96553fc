import type { ReactNode } from "react";

interface Props {
  label: string;
  className: string | undefined;
  busy?: boolean;
  children: ReactNode;
}

/** What is wider than its place, and has nothing in it that the keyboard would stop at. */
export function ScrollRegion({ label, className, busy, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it.
    <section className={className} aria-label={label} aria-busy={busy} tabIndex={0}>
      {children}
    </section>
  );
}
