import type { ListEnd } from "@/api/types";
import { Figure } from "@/shared/Figure";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

/** When the list will end, as a range, or why nobody can say. */
export function ListEndFigure({ end }: { end: ListEnd }) {
  const t = useText().listEnd;
  const formats = useFormats();
  const { earliest, latest, unknown } = end;
  if (unknown === "NOT_RUNNING") return null;
  const at = (when: string | null) => (when === null ? t.far : formats.dateTime(when));
  const told = unknown === "";
  return (
    <Figure
      label={t.title}
      value={told ? at(earliest) : t.unknown}
      hint={
        told
          ? earliest === null
            ? t.basis(formats.count(end.attempts))
            : `${t.latest(at(latest))} ${t.basis(formats.count(end.attempts))}`
          : (t.why[unknown] ?? unknown)
      }
    />
  );
}
