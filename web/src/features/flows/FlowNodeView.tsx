import { IconAlertTriangle } from "@tabler/icons-react";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import classes from "./Canvas.module.css";
import type { CanvasNode } from "./canvas";
import { useEditor } from "./editor-context";
import { useText } from "./messages";
import { iconOf } from "./node-icons";
import { summaryOf, titleOf, wayName } from "./shown";

/** A node with a handle for each of its ways. */
export function FlowNodeView({ data, selected }: NodeProps<CanvasNode>) {
  const t = useText();
  const { document, readOnly } = useEditor();
  const { node, ways, findings } = data;
  const Icon = iconOf(node.type);
  return (
    <div
      className={classes.node}
      data-selected={selected || undefined}
      data-passed={data.passed || undefined}
      data-here={data.here || undefined}
      data-wrong={findings.length > 0 || undefined}
    >
      <Handle type="target" position={Position.Left} isConnectable={!readOnly} />
      {(data.start || data.onError) && (
        <span className={classes.mark}>{data.start ? t.editor.start : t.editor.onErrorMark}</span>
      )}
      <div className={classes.head}>
        <span className={classes.icon}>
          <Icon size={17} stroke={1.8} aria-hidden />
        </span>
        <span className={classes.words}>
          <strong>{titleOf(node, t)}</strong>
          <small>{summaryOf(node, document.languages[0] ?? "")}</small>
        </span>
        {findings.length > 0 && (
          <span
            className={classes.badge}
            role="img"
            aria-label={t.editor.problems(findings.length)}
            title={findings.map((one) => one.message).join("\n")}
          >
            <IconAlertTriangle size={13} aria-hidden />
            {findings.length}
          </span>
        )}
      </div>
      {ways.map((one) => (
        <div
          key={one.way}
          className={classes.way}
          data-possible={!one.needed || undefined}
          data-open={(one.needed && !one.leads) || undefined}
          data-stray={one.stray || undefined}
          title={one.stray ? t.editor.strayWay : undefined}
        >
          <span>{wayName(node, one.way, t, document)}</span>
          <Handle
            type="source"
            id={one.way}
            position={Position.Right}
            isConnectable={!readOnly && !one.stray}
          />
        </div>
      ))}
    </div>
  );
}
