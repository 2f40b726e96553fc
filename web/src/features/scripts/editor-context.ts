/** What the parts of the editor share: the document, how to change it, what is wrong where. */

import { createContext, useContext } from "react";
import type { Column } from "@/api/types";
import type { ScriptDocument, ScriptProblem } from "./types";

export interface Editor {
  document: ScriptDocument;
  /** `about`: changes of the same place shortly after another are one step to undo. */
  set: (document: ScriptDocument, about?: string) => void;
  columns: readonly Column[];
  problems: readonly ScriptProblem[];
  readOnly: boolean;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("not in an editor");
  return editor;
}

/** The message at exactly this path, for a field. */
export function useProblem(path: string): string | undefined {
  return useEditor().problems.find((one) => one.path === path)?.message;
}
