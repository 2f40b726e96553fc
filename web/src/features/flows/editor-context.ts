/** What the parts of the editor share: the document, how to change it, what is wrong where. */

import { createContext, useContext } from "react";
import type { Trail } from "./canvas";
import type { Finding, FlowDocument, NodeTypes } from "./types";
import type { Things } from "./useFlows";

export interface Editor {
  flowId: string;
  document: FlowDocument;
  /** `about`: changes of the same place shortly after another are one step to undo. */
  set: (document: FlowDocument, about?: string) => void;
  kinds: NodeTypes;
  things: Things;
  findings: readonly Finding[];
  readOnly: boolean;
  /** The chosen node; '': none. */
  chosen: string;
  choose: (id: string) => void;
  trail: Trail;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("not in an editor");
  return editor;
}

/** The message at exactly this field of a node, or at a place within it when `within`. */
export function useFinding(node: string, field: string, within = false): string | undefined {
  return useEditor().findings.find(
    (one) =>
      one.node === node && (one.field === field || (within && one.field.startsWith(`${field}.`))),
  )?.message;
}
