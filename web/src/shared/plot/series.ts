/** What a plot draws. */

import type { Tone } from "@/shared/StatusBadge";
import type { Value } from "./scale";

export interface Series {
  key: string;
  name: string;
  values: readonly Value[];
  shape: "line" | "dashed" | "bars";
  tone: Tone;
  /** Between which the value lies, drawn as a band. */
  low?: readonly Value[];
  high?: readonly Value[];
  /** In the legend while no moment is pointed at. */
  said?: string;
}
