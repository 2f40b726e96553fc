import DOMPurify from "dompurify";
import { useMemo } from "react";
import { useText } from "./messages";
import classes from "./Panels.module.css";

/** Only what a script needs to be read; nothing that loads or runs. */
export function cleanScript(html: string): string {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: [
      "p",
      "br",
      "hr",
      "h1",
      "h2",
      "h3",
      "h4",
      "strong",
      "b",
      "em",
      "i",
      "u",
      "s",
      "mark",
      "ul",
      "ol",
      "li",
      "blockquote",
      "code",
      "table",
      "thead",
      "tbody",
      "tr",
      "th",
      "td",
      "span",
    ],
    ALLOWED_ATTR: ["colspan", "rowspan"],
  });
}

export function ScriptPanel({ html }: { html: string }) {
  const t = useText().script;
  const clean = useMemo(() => cleanScript(html), [html]);
  return (
    <section className={classes.panel} aria-label={t.title}>
      <h3>{t.title}</h3>
      {clean.trim() === "" ? (
        <p className={classes.none}>{t.none}</p>
      ) : (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised just above, and by the server
        <div className={classes.script} dangerouslySetInnerHTML={{ __html: clean }} />
      )}
    </section>
  );
}
