import { Button, Group, Text } from "@mantine/core";
import { IconCalendarTime } from "@tabler/icons-react";
import { useState } from "react";
import type { Campaign } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { useText } from "./messages";
import { ScheduleForm } from "./ScheduleForm";
import { useScheduleWords } from "./useScheduleWords";
import { useScheduleOf, useSequences } from "./useTimetable";

/** On a campaign's page: when it starts and pauses by itself, and in which sequences it is. */
export function CampaignTimetable({ campaign }: { campaign: Campaign }) {
  const all = useText();
  const t = all.schedule;
  const mayWrite = usePermission("campaigns.write");
  const path = `/campaigns/${campaign.campaign_id}`;
  const schedule = useScheduleOf(path);
  const sequences = useSequences(campaign.campaign_id);
  const words = useScheduleWords();
  const [editing, setEditing] = useState(false);
  if (schedule.data === undefined) return null;
  const kept = schedule.data;
  const places = (sequences.data ?? []).map((one) =>
    all.sequences.inSequence(
      one.name,
      one.campaign_ids.indexOf(campaign.campaign_id) + 1,
      one.campaign_ids.length,
    ),
  );
  return (
    <Group mb="md" gap="xs">
      <Text size="sm">
        <IconCalendarTime size={17} aria-hidden style={{ verticalAlign: "-3px" }} />{" "}
        {[kept === null ? t.none : words(kept), ...places].join(" ")}
        {kept !== null && kept.code !== "" && (
          <Text span c="orange">
            {" "}
            {all.codes[kept.code] ?? kept.code}
          </Text>
        )}
      </Text>
      {mayWrite && (
        <Button variant="subtle" size="compact-sm" onClick={() => setEditing(true)}>
          {kept === null ? t.add : t.edit}
        </Button>
      )}
      {editing && (
        <ScheduleForm
          path={path}
          name={campaign.name}
          schedule={kept}
          onClose={() => setEditing(false)}
        />
      )}
    </Group>
  );
}
