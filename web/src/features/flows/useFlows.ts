import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api } from "@/api/client";
import { useDncLists, useQueues } from "@/api/references";
import type { Page } from "@/api/types";
import { useDataActions } from "@/features/data-actions/useDataActions";
import { useSkills } from "@/features/queues/useRouting";
import type {
  Finding,
  Flow,
  FlowDocument,
  FlowRow,
  FlowTest,
  FlowVersion,
  NodeType,
  NodeTypes,
} from "./types";

export const useFlows = () =>
  useQuery({
    queryKey: ["flows", "all"],
    queryFn: async ({ signal }) => (await api.get<Page<FlowRow>>("/flows", { signal })).items,
  });

export const useFlow = (flowId: string) =>
  useQuery({
    queryKey: ["flows", flowId],
    queryFn: ({ signal }) => api.get<Flow>(`/flows/${flowId}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useFlowVersions = (flowId: string) =>
  useQuery({
    queryKey: ["flows", flowId, "versions"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<FlowVersion>>(`/flows/${flowId}/versions`, { signal })).items,
  });

/** Every kind of node, by name. */
export const useNodeTypes = () =>
  useQuery({
    queryKey: ["flow-node-types"],
    queryFn: async ({ signal }): Promise<NodeTypes> => {
      const { items } = await api.get<Page<NodeType>>("/flow-node-types", { signal });
      return new Map(items.map((one) => [one.type, one]));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

const CHECK_MS = 500;

/** What is wrong with a document as it is being drawn; null while it is looked at. */
export function useCheck(
  flowId: string,
  draft: FlowDocument,
  tests: FlowTest[],
  initial: Finding[],
): Finding[] | null {
  const [found, setFound] = useState<Finding[] | null>(initial);
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(() => {
      setFound(null);
      api
        .post<{ findings: Finding[] }>(
          "/flows/check",
          { flow_id: flowId, draft, tests },
          { signal: control.signal },
        )
        .then((told) => setFound(told.findings))
        .catch(() => {});
    }, CHECK_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [flowId, draft, tests]);
  return found;
}

export interface Thing {
  value: string;
  label: string;
}
/** What fields choose from, by noun; a noun that is missing is typed. */
export interface Things {
  byNoun: Record<string, Thing[] | undefined>;
  /** Of a data source: what it asks for and what it gives. */
  sources: Record<string, { inputs: string[]; outputs: string[] }>;
}

const CHANNELS = ["sms", "whatsapp", "messenger", "email"];

export function useThings(flowId: string): Things {
  const queues = useQueues().data;
  const skills = useSkills().data;
  const actions = useDataActions().data;
  const dnc = useDncLists().data;
  const flows = useFlows().data;
  const prompts = useQuery({
    queryKey: ["prompts", "all"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<{ key: string }>>("/prompts", { signal })).items,
  }).data;
  const schedules = useQuery({
    queryKey: ["opening-hours", "groups"],
    queryFn: ({ signal }) =>
      api.get<Page<{ schedule_group_id: string; name: string }>>("/schedule-groups", { signal }),
  }).data?.items;
  return useMemo(
    () => ({
      byNoun: {
        queue: queues?.map((one) => ({ value: one.queue_id, label: one.name })),
        skill: skills?.map((one) => ({ value: one.skill_id, label: one.name })),
        source: actions?.map((one) => ({ value: one.data_action_id, label: one.name })),
        schedule: schedules?.map((one) => ({ value: one.schedule_group_id, label: one.name })),
        dnc_list: dnc?.map((one) => ({ value: one.dnc_list_id, label: one.name })),
        flow: flows
          ?.filter((one) => one.flow_id !== flowId && one.published_version !== null)
          .map((one) => ({ value: one.flow_id, label: one.name })),
        channel: CHANNELS.map((one) => ({ value: one, label: one })),
        prompt: prompts?.map((one) => ({ value: one.key, label: one.key })),
      },
      sources: Object.fromEntries(
        (actions ?? []).map((one) => [
          one.data_action_id,
          { inputs: one.placeholders, outputs: one.settings.outputs.map((output) => output.name) },
        ]),
      ),
    }),
    [queues, skills, actions, schedules, dnc, flows, prompts, flowId],
  );
}
