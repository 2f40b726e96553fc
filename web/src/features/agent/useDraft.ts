/** The wrap-up as it is being written. Kept in this tab, so that a reload loses nothing. */

import { useCallback, useEffect, useState } from "react";
import { type Draft, EMPTY_DRAFT } from "./wrap-up";

const PREFIX = "kwabo-wrap-up:";

export function readDraft(attemptId: string): Draft {
  const kept = sessionStorage.getItem(PREFIX + attemptId);
  return kept === null ? EMPTY_DRAFT : { ...EMPTY_DRAFT, ...(JSON.parse(kept) as Partial<Draft>) };
}

export function useDraft(attemptId: string) {
  const [draft, setDraft] = useState(() => readDraft(attemptId));
  useEffect(() => {
    if (draft !== EMPTY_DRAFT) sessionStorage.setItem(PREFIX + attemptId, JSON.stringify(draft));
  }, [attemptId, draft]);
  /** After saving: the words of this call are no longer needed here. */
  const forget = useCallback(() => sessionStorage.removeItem(PREFIX + attemptId), [attemptId]);
  return { draft, setDraft, forget };
}
