import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { ContactList } from "@/api/types";

export function useContactList(contactListId: string | null) {
  return useQuery({
    queryKey: ["contact-lists", "one", contactListId],
    queryFn: ({ signal }) => api.get<ContactList>(`/contact-lists/${contactListId}`, { signal }),
    enabled: contactListId !== null,
  });
}
