import DOMPurify from "dompurify";
import { useMemo } from "react";
import type { Column } from "@/api/types";
import { renderScript } from "./script-html";

interface Props {
  script: string;
  values: Record<string, string | null>;
  columns: readonly Column[];
}

export default function ScriptPreview({ script, values, columns }: Props) {
  const html = useMemo(
    () =>
      DOMPurify.sanitize(renderScript(script, values, columns), { FORBID_TAGS: ["img", "style"] }),
    [script, values, columns],
  );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised just above.
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
