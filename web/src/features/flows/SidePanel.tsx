import { SegmentedControl } from "@mantine/core";
import classes from "./Editor.module.css";
import { useEditor } from "./editor-context";
import { Inspector } from "./Inspector";
import { useText } from "./messages";
import { titleOf } from "./shown";
import { TrialPanel } from "./TrialPanel";
import type { FlowTest } from "./types";
import type { TrialState } from "./useTrial";

/** Beside the drawing: settings, the trial, what is to be mended. */
export function SidePanel(props: {
  side: string;
  onSide: (side: string) => void;
  trial: TrialState;
  onKeep?: (test: FlowTest) => void;
}) {
  const t = useText().editor;
  const { findings } = useEditor();
  const { side, onSide } = props;
  return (
    <aside className={classes.side} aria-label={t.panel}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t.panel}
        value={side}
        onChange={onSide}
        data={[
          { value: "settings", label: t.settings },
          { value: "try", label: t.tryIt },
          { value: "findings", label: t.findings(findings.length) },
        ]}
      />
      <div className={classes.sideBody}>
        {side === "settings" && <Inspector />}
        {side === "try" && (
          <TrialPanel trial={props.trial} {...(props.onKeep ? { onKeep: props.onKeep } : {})} />
        )}
        {side === "findings" && <Findings onJump={() => onSide("settings")} />}
      </div>
    </aside>
  );
}

/** Everything that is wrong; a click goes there. */
function Findings({ onJump }: { onJump: () => void }) {
  const t = useText();
  const { document, findings, choose } = useEditor();
  if (findings.length === 0) {
    return (
      <p className={classes.hint}>
        <strong>{t.editor.noProblems}.</strong> {t.editor.noProblemsText}
      </p>
    );
  }
  const name = (id: string) => {
    const node = document.nodes.find((one) => one.id === id);
    return id === "" ? t.editor.ofFlow : node ? titleOf(node, t) : id;
  };
  return (
    <ul className={classes.findings}>
      {findings.map((one) => (
        <li key={`${one.node} ${one.field} ${one.code} ${one.message}`}>
          <button
            type="button"
            onClick={() => {
              choose(one.node);
              onJump();
            }}
          >
            <strong>{name(one.node)}</strong>
            <code>{[one.node, one.field].filter(Boolean).join(" › ")}</code>
            <span>{one.message}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
