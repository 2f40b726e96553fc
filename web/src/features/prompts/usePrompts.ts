import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, upload } from "@/api/client";
import type { Page } from "@/api/types";
import { useLanguage } from "@/i18n/language";
import { toast } from "@/shared/toast";
import type {
  FragmentRow,
  KnownLanguage,
  Languages,
  LibraryPrompt,
  MissingWords,
  Review,
  Variant,
} from "./types";

const listOf =
  <T>(path: string) =>
  async ({ signal }: { signal: AbortSignal }) =>
    (await api.get<Page<T>>(path, { signal })).items;

export const useLanguages = () =>
  useQuery({
    queryKey: ["languages"],
    queryFn: ({ signal }) => api.get<Languages>("/languages", { signal }),
  });

export const useLibrary = () =>
  useQuery({ queryKey: ["prompts", "library"], queryFn: listOf<LibraryPrompt>("/prompts") });

export const useLibraryPrompt = (promptId: string) =>
  useQuery({
    queryKey: ["prompts", promptId],
    queryFn: ({ signal }) => api.get<LibraryPrompt>(`/prompts/${promptId}`, { signal }),
  });

export const useReviews = () =>
  useQuery({ queryKey: ["prompts", "reviews"], queryFn: listOf<Review>("/prompt-reviews") });

export const useMissing = () =>
  useQuery({ queryKey: ["prompts", "missing"], queryFn: listOf<MissingWords>("/missing-prompts") });

export const useFragments = (language: string) =>
  useQuery({
    queryKey: ["prompts", "fragments", language],
    queryFn: ({ signal }) =>
      api
        .get<Page<FragmentRow>>("/prompt-fragments", { signal, query: { language } })
        .then((page) => page.items),
  });

/** The language's name in the language of the page. */
export function useLanguageName(): (known: KnownLanguage) => string {
  const language = useLanguage();
  return (known) => (language === "fr" ? known.name_fr : known.name_en);
}

/** Does something, tells it and shows everything anew. */
export function useAct(): (what: () => Promise<unknown>, done?: string) => Promise<boolean> {
  const client = useQueryClient();
  return async (what, done) => {
    try {
      await what();
      await client.invalidateQueries({ queryKey: ["prompts"] });
      if (done) toast.success(done);
      return true;
    } catch (thrown) {
      toast.error(thrown);
      return false;
    }
  };
}

/** Sends a take, trimmed and levelled. */
export function sendTake(path: string, fields: Record<string, string>, audio: Blob) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("trim", "true");
  body.append("level", "true");
  body.append("file", audio, "take.wav");
  return upload<Variant>(path, body, () => {}, new AbortController().signal);
}
