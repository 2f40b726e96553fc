import { useEffect, useRef } from "react";

/**
 * Calls `then` when the names of what has ended change after the first look, so that what
 * began and ended between two looks counts too. Undefined while nothing is known.
 */
export function useWhenEnded(ended: readonly string[] | undefined, then: () => void) {
  const key = ended && [...ended].sort().join("\n");
  const known = useRef<string | undefined>(undefined);
  const call = useRef(then);
  call.current = then;
  useEffect(() => {
    if (key === undefined) return;
    const changed = known.current !== undefined && known.current !== key;
    known.current = key;
    if (changed) call.current();
  }, [key]);
}
