import { formatNumber } from "@/formats/phone";
import { KeyValues } from "@/shared/KeyValues";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import type { LimitUse } from "./types";

/** How much of each attempt limit a contact has used, and when there is room again. */
export function LimitUses({ uses }: { uses: readonly LimitUse[] }) {
  const t = useText().uses;
  const formats = useFormats();
  if (uses.length === 0) return null;
  return (
    <section aria-label={t.title}>
      <h3>{t.title}</h3>
      <KeyValues
        rows={uses.map((use) => {
          const used = t.of(formats.count(use.used), formats.count(use.most));
          const full = use.used >= use.most;
          const end = use.free_at === null ? t.never : t.free(formats.dateTime(use.free_at));
          const name = use.subject === "" ? use.name : `${use.name}, ${formatNumber(use.subject)}`;
          return [name, full ? `${used}, ${end}` : used] as const;
        })}
      />
    </section>
  );
}
