import "@xyflow/react/dist/style.css";
import { Button, useComputedColorScheme } from "@mantine/core";
import { IconLayoutGrid } from "@tabler/icons-react";
import {
  Background,
  Controls,
  type Edge,
  MiniMap,
  type NodeChange,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useNodesState,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, useEffect, useMemo, useRef, useState } from "react";
import classes from "./Canvas.module.css";
import { type CanvasNode, canvasEdges, canvasNodes, heightIn } from "./canvas";
import { added, connected, removed } from "./document";
import { drawingWords } from "./drawing-words";
import { useEditor } from "./editor-context";
import { FlowNodeView } from "./FlowNodeView";
import { arranged, settled } from "./layout";
import { useText } from "./messages";
import { DRAGGED } from "./Palette";

const NODE_VIEWS = { flow: FlowNodeView };
const SPEED = { duration: 250 };
const MAP = { width: 132, height: 99 }; // small: it lies over the drawing

/** The drawing of the flow. Its node types must be known. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Drawing />
    </ReactFlowProvider>
  );
}

function Drawing() {
  const t = useText();
  const scheme = useComputedColorScheme("light");
  const { document, set, kinds, findings, trail, chosen, choose, readOnly } = useEditor();
  const flow = useReactFlow<CanvasNode>();
  const words = useMemo(() => drawingWords(t.drawing), [t]);
  const height = useMemo(() => heightIn(kinds), [kinds]);
  const drawn = useMemo(
    () => canvasNodes(document, kinds, findings, trail),
    [document, kinds, findings, trail],
  );
  const [nodes, setNodes, onNodesChange] = useNodesState<CanvasNode>(drawn);
  const [chosenEdge, setChosenEdge] = useState("");
  const edges = useMemo(
    () => canvasEdges(document, trail).map((one) => ({ ...one, selected: one.id === chosenEdge })),
    [document, trail, chosenEdge],
  );

  useEffect(() => {
    setNodes((before) => {
      const known = new Map(before.map((one) => [one.id, one]));
      return drawn.map((one) => ({
        ...known.get(one.id),
        ...one,
        selected: one.id === chosen,
      }));
    });
  }, [drawn, chosen, setNodes]);

  // Whatever was chosen elsewhere (the list of findings, the trial's node) is brought into view.
  const seen = useRef(chosen);
  useEffect(() => {
    if (chosen === "" || chosen === seen.current) {
      seen.current = chosen;
      return;
    }
    seen.current = chosen;
    const node = flow.getNode(chosen);
    if (node) void flow.fitView({ nodes: [{ id: chosen }], maxZoom: flow.getZoom(), ...SPEED });
  }, [chosen, flow]);

  const changeNodes = (changes: NodeChange<CanvasNode>[]) => {
    onNodesChange(changes);
    const moved = new Map(
      changes.flatMap((one) =>
        one.type === "position" && one.dragging === false && one.position
          ? [[one.id, { x: Math.round(one.position.x), y: Math.round(one.position.y) }] as const]
          : [],
      ),
    );
    if (moved.size > 0 && !readOnly) set(settled(document, height, moved), "move");
    for (const one of changes) {
      if (one.type === "select" && one.selected) {
        seen.current = one.id;
        choose(one.id);
      }
    }
  };
  const lead = (from: string, way: string | null | undefined, to: string) => {
    if (way) set(connected(settled(document, height), from, way, to));
  };
  const cut = (gone: Edge[]) =>
    set(
      gone.reduce(
        (left, one) => connected(left, one.source, one.sourceHandle ?? "", ""),
        settled(document, height),
      ),
    );
  const drop = (event: DragEvent) => {
    const kind = kinds.get(event.dataTransfer.getData(DRAGGED));
    if (kind === undefined || readOnly) return;
    event.preventDefault();
    const place = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const at = { x: Math.round(place.x), y: Math.round(place.y) };
    const title = t.types[kind.type] ?? kind.type;
    const made = added(settled(document, height), kind, title, at, undefined, kinds);
    set(made.document);
    seen.current = made.id;
    choose(made.id);
  };

  return (
    <section
      className={classes.canvas}
      aria-label={t.editor.canvas}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={drop}
    >
      <ReactFlow<CanvasNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_VIEWS}
        colorMode={scheme}
        ariaLabelConfig={words}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.08 }}
        minZoom={0.15}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        deleteKeyCode={readOnly ? null : ["Delete", "Backspace"]}
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        onNodesChange={changeNodes}
        onEdgesChange={(changes) => {
          for (const one of changes) {
            if (one.type === "select") setChosenEdge(one.selected ? one.id : "");
          }
        }}
        onPaneClick={() => choose("")}
        onConnect={(one) => lead(one.source, one.sourceHandle, one.target)}
        onReconnect={(old, one) =>
          set(
            connected(
              connected(settled(document, height), old.source, old.sourceHandle ?? "", ""),
              one.source,
              one.sourceHandle ?? "",
              one.target,
            ),
          )
        }
        onBeforeDelete={async ({ nodes: gone, edges: cutEdges }) => {
          if (gone.length > 0) {
            set(
              removed(
                settled(document, height),
                gone.map((one) => one.id),
              ),
            );
            choose("");
          } else cut(cutEdges);
          return false;
        }}
      >
        <Background />
        <Controls showInteractive={false} />
        <MiniMap pannable zoomable className={classes.map} style={MAP} />
        {!readOnly && (
          <Panel position="top-right">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconLayoutGrid size={15} />}
              onClick={() => {
                set(arranged(document, height));
                requestAnimationFrame(() => void flow.fitView({ maxZoom: 1, ...SPEED }));
              }}
            >
              {t.editor.arrange}
            </Button>
          </Panel>
        )}
      </ReactFlow>
    </section>
  );
}
