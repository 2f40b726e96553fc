import { heightIn } from "./canvas";
import { added, nodeOf } from "./document";
import classes from "./Editor.module.css";
import { useEditor } from "./editor-context";
import { ACROSS, placesOf, settled } from "./layout";
import { useText } from "./messages";
import { GROUPS, iconOf } from "./node-icons";

/** What a dragged kind of node is called on its way to the canvas. */
export const DRAGGED = "application/x-kwabo-node";

/** Every kind of node: a click or Enter adds one after the chosen node, or it is dragged. */
export function Palette() {
  const t = useText();
  const { document, set, kinds, chosen, choose } = useEditor();
  const grouped = Object.values(GROUPS).flat();
  const rest = [...kinds.keys()].filter((type) => !grouped.includes(type));
  const add = (type: string) => {
    const kind = kinds.get(type);
    if (kind === undefined) return;
    const height = heightIn(kinds);
    const places = placesOf(document, height);
    const after = nodeOf(document, chosen);
    const from = places.get(chosen) ?? [...places.values()].at(-1) ?? { x: -ACROSS, y: 0 };
    const place = { x: from.x + ACROSS, y: from.y };
    while ([...places.values()].some((one) => near(one, place))) place.y += 90;
    const title = t.types[type] ?? type;
    const made = added(settled(document, height), kind, title, place, after, kinds);
    set(made.document);
    choose(made.id);
  };
  return (
    <nav className={classes.palette} aria-label={t.editor.palette}>
      <p className={classes.hint}>{t.editor.paletteHint}</p>
      {Object.entries(GROUPS).map(([group, types]) => (
        <section key={group} aria-label={t.groups[group]}>
          <h3>{t.groups[group]}</h3>
          {[...types.filter((type) => kinds.has(type)), ...(group === "end" ? rest : [])].map(
            (type) => {
              const Icon = iconOf(type);
              return (
                <button
                  key={type}
                  type="button"
                  draggable
                  onDragStart={(event) => event.dataTransfer.setData(DRAGGED, type)}
                  onClick={() => add(type)}
                >
                  <Icon size={16} stroke={1.8} aria-hidden />
                  {t.types[type] ?? type}
                </button>
              );
            },
          )}
        </section>
      ))}
    </nav>
  );
}

const near = (one: { x: number; y: number }, other: { x: number; y: number }) =>
  Math.abs(one.x - other.x) < 200 && Math.abs(one.y - other.y) < 80;
