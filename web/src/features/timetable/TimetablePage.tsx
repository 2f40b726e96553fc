import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageHeader } from "@/shared/PageHeader";
import { CampaignRulesTab } from "./CampaignRulesTab";
import { HistoryTab } from "./HistoryTab";
import { useText } from "./messages";
import type { TimetableTab } from "./routes";
import { SequencesTab } from "./SequencesTab";
import { WeekTab } from "./WeekTab";

export function TimetablePage() {
  const t = useText();
  const navigate = useNavigate();
  const { tab = "week" } = useSearch({ from: "/timetable" });
  return (
    <>
      <PageHeader title={t.title} text={t.text} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: "/timetable",
            search: { tab: next === "week" ? undefined : (next as TimetableTab) },
          })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="week">{t.tabs.week}</Tabs.Tab>
          <Tabs.Tab value="sequences">{t.tabs.sequences}</Tabs.Tab>
          <Tabs.Tab value="rules">{t.tabs.rules}</Tabs.Tab>
          <Tabs.Tab value="history">{t.tabs.history}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="week">
          <WeekTab />
        </Tabs.Panel>
        <Tabs.Panel value="sequences">
          <SequencesTab />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <CampaignRulesTab />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
