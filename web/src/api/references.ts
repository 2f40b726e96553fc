/**
 * The things that forms choose from: queues, trunks, lists, codes, people. Each is fetched once and
 * shared; whoever changes one invalidates its key.
 */

import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import type {
  Campaign,
  ContactList,
  DncList,
  Page,
  PauseReason,
  Queue,
  RolePermissions,
  Trunk,
  User,
  WrapUpCode,
} from "./types";

/** The most that one request gives; a centre has fewer of each of these. */
const LIMIT = 500;

function useAll<T>(path: string, enabled = true) {
  return useQuery({
    queryKey: [path.slice(1), "all"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<T>>(path, { query: { limit: LIMIT }, signal })).items,
    enabled,
  });
}

export const useQueues = (enabled = true) => useAll<Queue>("/queues", enabled);
export const useTrunks = () => useAll<Trunk>("/trunks");
export const useWrapUpCodes = () => useAll<WrapUpCode>("/wrap-up-codes");
export const usePauseReasons = () => useAll<PauseReason>("/pause-reasons");
export const useDncLists = () => useAll<DncList>("/dnc-lists");
export const useContactLists = () => useAll<ContactList>("/contact-lists");
export const useAllCampaigns = (enabled = true) => useAll<Campaign>("/campaigns", enabled);
export const useUsers = (enabled = true) => useAll<User>("/users", enabled);

export function useRoles() {
  return useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => api.get<RolePermissions[]>("/roles", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
