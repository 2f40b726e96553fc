import { Alert, Button, Group, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconClockExclamation } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api, type Query } from "@/api/client";
import type { LawfulTime as Answer } from "@/api/types";
import { utcToWall, wallToUtc } from "@/formats/time";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

interface Props {
  /** The route that knows the contact, and what it asks for beside the time. */
  path: string;
  query?: Query;
  /** "2026-11-23T14:30" in the contact's zone; "" while none is chosen. */
  wall: string;
  zone: string;
  onWall: (wall: string) => void;
}

/** Warns when the chosen time is outside the contact's lawful hours, and offers the next one. */
export function LawfulTime({ path, query = {}, wall, zone, onWall }: Props) {
  const t = useText().lawful;
  const { dateTime } = useFormats();
  const [settled] = useDebouncedValue(wall, 350);
  const dueAt = settled === "" ? null : wallToUtc(settled, zone);
  const check = useQuery({
    queryKey: ["lawful-time", path, query, dueAt],
    queryFn: ({ signal }) =>
      api.get<Answer>(path, { query: { ...query, due_at: dueAt ?? "" }, signal }),
    enabled: dueAt !== null,
    staleTime: 60_000,
    retry: false,
  });
  const found = check.data;
  if (dueAt === null || settled !== wall || !found || found.allowed) return null;
  return (
    <Alert color="yellow" icon={<IconClockExclamation />} role="status">
      <Text size="sm">{t.notThen(found.message)}</Text>
      {found.next_at === null ? (
        <Text size="sm">{t.never}</Text>
      ) : (
        <Group gap="xs" mt={6}>
          <Text size="sm">{t.next(dateTime(found.next_at, zone))}</Text>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => onWall(utcToWall(found.next_at ?? "", zone))}
          >
            {t.use}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
