import { useMemo } from "react";
import { cleanScript } from "@/features/scripts/clean";
import { useText } from "./messages";
import classes from "./Panels.module.css";

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
