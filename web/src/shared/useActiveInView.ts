import { type RefObject, useEffect, useRef } from "react";

/** For a row of links or tabs that is pushed sideways on a phone: the active one is in view. */
export function useActiveInView<Row extends HTMLElement>(active: string): RefObject<Row | null> {
  const row = useRef<Row>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row's content follows `active`
  useEffect(() => {
    // Links learn that they are active after this effect.
    const frame = requestAnimationFrame(() => {
      const chosen = row.current?.querySelector<HTMLElement>("[data-active]");
      if (!row.current || !chosen) return;
      const [outer, inner] = [row.current.getBoundingClientRect(), chosen.getBoundingClientRect()];
      row.current.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
  return row;
}
