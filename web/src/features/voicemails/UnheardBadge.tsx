import { Badge } from "@mantine/core";
import { useText } from "./messages";
import { useVoicemailCounts } from "./useVoicemails";

/** In the menu: how many messages nobody has heard. */
export function UnheardBadge() {
  const t = useText();
  const unheard = useVoicemailCounts().data?.new ?? 0;
  if (unheard === 0) return null;
  const shown = unheard >= 100 ? "99+" : String(unheard);
  return (
    <Badge size="sm" variant="filled" ml="auto" aria-label={t.unheard(shown)}>
      {shown}
    </Badge>
  );
}
