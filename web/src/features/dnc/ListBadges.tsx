import { Group } from "@mantine/core";
import type { DncList } from "@/api/types";
import { StatusBadge } from "@/shared/StatusBadge";
import { useText } from "./messages";

const SCREENING = { never: "bad", out_of_date: "bad", soon: "warn", current: "good" } as const;

/** For whom a list counts, on which channel, and by what. */
export function ListBadges({ list }: { list: DncList }) {
  const t = useText();
  const calls = list.channel === "any" || list.channel === "voice";
  return (
    <Group gap={6}>
      {list.organisation_wide && <StatusBadge tone="accent">{t.wide}</StatusBadge>}
      {list.screening_authority !== null && list.screening !== null && (
        <StatusBadge tone={SCREENING[list.screening]}>
          {t.screening.badge(list.screening_authority, t.screening.states[list.screening])}
        </StatusBadge>
      )}
      {list.kind === "provider" && <StatusBadge tone="violet">{t.external}</StatusBadge>}
      {list.key_column !== null && (
        <StatusBadge tone="info">{t.byColumn(list.key_column)}</StatusBadge>
      )}
      {list.channel !== "any" && (
        <StatusBadge tone={calls ? "quiet" : "warn"}>{t.channels[list.channel]}</StatusBadge>
      )}
    </Group>
  );
}
