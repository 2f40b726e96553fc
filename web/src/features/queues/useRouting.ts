import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { AgentSkills, Page, QueueRouting, Skill, SkillKey } from "@/api/types";
import { useText } from "./messages";

/** The languages of the centre's prompts. */
export const LANGUAGES = ["fr", "en", "fon", "bba", "yo", "ddn"] as const;

export const useSkills = () =>
  useQuery({
    queryKey: ["skills"],
    queryFn: async ({ signal }) => (await api.get<Page<Skill>>("/skills", { signal })).items,
  });

export const useAgentSkills = () =>
  useQuery({
    queryKey: ["agent-skills"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<AgentSkills>>("/agent-skills", { signal })).items,
  });

export const useQueueRouting = (queueId: string) =>
  useQuery({
    queryKey: ["queues", queueId, "routing"],
    queryFn: ({ signal }) => api.get<QueueRouting>(`/queues/${queueId}/routing`, { signal }),
  });

export const useScheduleGroups = () =>
  useQuery({
    queryKey: ["schedule-groups", "names"],
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<{ schedule_group_id: string; name: string }>>("/schedule-groups", {
          signal,
        })
      ).items,
  });

export interface SkillChoice {
  value: SkillKey;
  label: string;
}

/** Every skill and language that can be chosen, and the name of any key. */
export function useSkillChoices(): { choices: SkillChoice[]; nameOf: (key: SkillKey) => string } {
  const t = useText();
  const skills = useSkills();
  const choices = [
    ...(skills.data ?? []).map((one) => ({ value: one.skill_id, label: one.name })),
    ...LANGUAGES.map((code) => ({ value: `language:${code}`, label: t.languages[code] })),
  ];
  const names = new Map(choices.map((one) => [one.value, one.label]));
  return { choices, nameOf: (key) => names.get(key) ?? key.replace("language:", "") };
}
