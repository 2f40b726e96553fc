import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import type { Script, ScriptDocument, ScriptProblem, ScriptRow, ScriptVersion } from "./types";

export const useScripts = () =>
  useQuery({
    queryKey: ["scripts", "all"],
    queryFn: async ({ signal }) => (await api.get<Page<ScriptRow>>("/scripts", { signal })).items,
  });

export const useScript = (scriptId: string) =>
  useQuery({
    queryKey: ["scripts", scriptId],
    queryFn: ({ signal }) => api.get<Script>(`/scripts/${scriptId}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useScriptVersions = (scriptId: string) =>
  useQuery({
    queryKey: ["scripts", scriptId, "versions"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<ScriptVersion>>(`/scripts/${scriptId}/versions`, { signal })).items,
  });

const CHECK_MS = 500;

/**
 * What is wrong with a document as it is being written; null while it is looked at. Who may not
 * write it (`writing` false) has what was found when it was kept.
 */
export function useCheck(
  document: ScriptDocument,
  contactListId: string | null,
  initial: ScriptProblem[],
  writing: boolean,
): ScriptProblem[] | null {
  const [found, setFound] = useState<ScriptProblem[] | null>(initial);
  useEffect(() => {
    if (!writing) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      setFound(null);
      api
        .post<{ problems: ScriptProblem[] }>(
          "/scripts/check",
          { draft: document, contact_list_id: contactListId },
          { signal: control.signal },
        )
        .then((told) => setFound(told.problems))
        .catch(() => {});
    }, CHECK_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [document, contactListId, writing]);
  return found;
}
