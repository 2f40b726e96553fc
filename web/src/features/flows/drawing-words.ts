/** What the drawing's library says by itself, in the person's language. */

import type { AriaLabelConfig } from "@xyflow/react";
import type fr from "./messages.fr";

export function drawingWords(t: typeof fr.drawing): Partial<AriaLabelConfig> {
  return {
    "controls.ariaLabel": t.controls,
    "controls.zoomIn.ariaLabel": t.zoomIn,
    "controls.zoomOut.ariaLabel": t.zoomOut,
    "controls.fitView.ariaLabel": t.fit,
    "minimap.ariaLabel": t.map,
    "handle.ariaLabel": t.connect,
    "node.a11yDescription.default": t.node,
    "node.a11yDescription.keyboardDisabled": t.nodeMoves,
    "node.a11yDescription.ariaLiveMessage": ({ x, y }) => t.moved(Math.round(x), Math.round(y)),
    "edge.a11yDescription.default": t.edge,
  };
}
