import { Badge } from "@mantine/core";
import { useText } from "./messages";
import { useUnseen } from "./useUnseen";

/** In the menu: how many errors nobody has taken note of. */
export function UnseenBadge() {
  const t = useText();
  const errors = useUnseen().data?.error ?? 0;
  if (errors === 0) return null;
  const shown = errors >= 100 ? "99+" : String(errors);
  return (
    <Badge color="red" size="sm" variant="filled" ml="auto" aria-label={t.unseenErrors(shown)}>
      {shown}
    </Badge>
  );
}
