import { writtenWays } from "./document";
import classes from "./Editor.module.css";
import { useEditor } from "./editor-context";
import { columnsOf } from "./layout";
import { useText } from "./messages";
import { iconOf } from "./node-icons";
import { summaryOf, titleOf, wayName } from "./shown";

/** The flow as a list, from its begin on: what small screens show instead of the drawing. */
export function NodeList() {
  const t = useText();
  const { document, choose, chosen, findings, trail } = useEditor();
  const known = new Map(document.nodes.map((one) => [one.id, one]));
  const name = (id: string) => {
    const node = known.get(id);
    return node ? titleOf(node, t) : id;
  };
  return (
    <section aria-label={t.editor.nodeList}>
      <p className={classes.hint}>{t.editor.phone}</p>
      <ol className={classes.nodeList}>
        {columnsOf(document)
          .flat()
          .flatMap((id) => known.get(id) ?? [])
          .map((node) => {
            const Icon = iconOf(node.type);
            const wrong = findings.filter((one) => one.node === node.id).length;
            return (
              <li key={node.id} data-passed={trail.nodes.has(node.id) || undefined}>
                <button
                  type="button"
                  aria-pressed={chosen === node.id}
                  onClick={() => choose(node.id)}
                >
                  <Icon size={17} stroke={1.8} aria-hidden />
                  <strong>{titleOf(node, t)}</strong>
                  {wrong > 0 && <em>{t.editor.problems(wrong)}</em>}
                  <small>{summaryOf(node, document.languages[0] ?? "")}</small>
                </button>
                <dl>
                  {writtenWays(node).map(([way, to]) => (
                    <div key={way}>
                      <dt>{wayName(node, way, t, document)}</dt>
                      <dd>→ {name(to)}</dd>
                    </div>
                  ))}
                </dl>
              </li>
            );
          })}
      </ol>
    </section>
  );
}
