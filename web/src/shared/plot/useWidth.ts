/** The width of an element in pixels, known before it is first painted and followed from then on. */

import { useLayoutEffect, useRef, useState } from "react";

/** `first` where there is no layout to measure. */
export function useWidth<T extends HTMLElement>(first: number) {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const node = ref.current;
    if (node === null) return;
    const measure = () => setWidth(node.clientWidth || first);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(node);
    return () => watch.disconnect();
  }, [first]);
  return { ref, width };
}
