import { useMemo } from "react";
import { renderWords } from "@/features/campaigns/script-html";
import { cleanScript } from "./clean";
import type { Words } from "./document";

/** A block of text with its values; in a part of its own, as the Markdown parser is large. */
export default function MarkdownText({ text, words }: { text: string; words: Words }) {
  const html = useMemo(
    () =>
      cleanScript(
        renderWords(text, { values: words.shown, kept: words.kept, labels: words.labels }),
      ),
    [text, words],
  );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised just above.
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
