import { Group, Progress, Text } from "@mantine/core";
import { useText } from "./messages";
import { useFormats } from "./useFormats";

/** How far a search through a long list is; nothing once it has ended. */
export function SearchProgress(props: { lookedAt: number | null; of: number }) {
  const t = useText();
  const formats = useFormats();
  const { lookedAt } = props;
  if (lookedAt === null) return null;
  const of = Math.max(props.of, lookedAt, 1);
  const said = t.lookedAt(formats.count(lookedAt), formats.count(of));
  return (
    <Group gap="sm" mb="sm" role="status" wrap="nowrap">
      <Progress value={(100 * lookedAt) / of} aria-label={said} size="sm" w={160} miw={80} />
      <Text size="sm" c="dimmed">
        {said}
      </Text>
    </Group>
  );
}
