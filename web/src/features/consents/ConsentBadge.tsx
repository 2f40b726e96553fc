import type { Consent } from "@/api/types";
import { StatusBadge } from "@/shared/StatusBadge";
import { useText } from "./messages";

const TONES = { given: "good", withdrawn: "bad", void: "quiet" } as const;

export function ConsentBadge({ line }: { line: Consent }) {
  const t = useText();
  return <StatusBadge tone={TONES[line.kind]}>{t.kinds[line.kind]}</StatusBadge>;
}
