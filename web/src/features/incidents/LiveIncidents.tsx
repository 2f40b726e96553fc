import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { useEmergencies } from "./OpeningPanel";
import type { Incident } from "./types";

/** Open incidents and switches that are on, for the live page; nothing when there are none. */
export function LiveIncidents() {
  const t = useText();
  const formats = useFormats();
  const emergencies = useEmergencies().data?.items ?? [];
  const incidents = useQuery({
    queryKey: ["incidents", "live"],
    queryFn: ({ signal }) =>
      api.get<Page<Incident>>("/incidents", { query: { state: "declared" }, signal }),
    refetchInterval: 15_000,
  });
  const open = incidents.data?.items ?? [];
  if (open.length === 0 && emergencies.length === 0) return null;
  return (
    <Panel title={t.title} actions={<TextLink to="/incidents">{t.all}</TextLink>}>
      <Stack gap="xs">
        {emergencies.map((one) => (
          <div key={one.emergency_id}>
            <StatusBadge tone="bad" pulse>
              {t.emergencyOn(one.schedule_group_name ?? t.everyGroup)}
            </StatusBadge>
            <Text size="sm">
              {one.reason}, {t.untilAt(formats.dateTime(one.until))}
            </Text>
          </div>
        ))}
        {open.map((one) => (
          <div key={one.incident_id}>
            <StatusBadge tone="warn">{one.name}</StatusBadge>
            <Text size="sm" c="dimmed">
              {t.heardBy(formats.count(one.heard))}
            </Text>
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
