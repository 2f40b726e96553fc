/** Who is signed in, and what they may do. */

import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { ApiError, api, setCsrfToken, setNotSignedInHandler } from "@/api/client";
import type { Language, Permission, Session, User } from "@/api/types";
import { queryClient } from "@/app/query-client";
import { setLanguage } from "@/i18n/language";
import { toast } from "@/shared/toast";

const KEY = ["session"];

export const SessionContext = createContext<Session | null>(null);

setNotSignedInHandler(() => queryClient.setQueryData(KEY, null));

function take(session: Session): Session {
  setCsrfToken(session.csrf_token);
  setLanguage(session.user.language);
  return session;
}

async function fetchSession(): Promise<Session | null> {
  try {
    return take(await api.get<Session>("/session"));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** The session or null when nobody is signed in; for the gate. */
export function useSessionQuery() {
  return useQuery({ queryKey: KEY, queryFn: fetchSession, staleTime: 60_000 });
}

/** The session; only below the gate, where there is one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession is only for signed-in pages");
  return session;
}

export function usePermission(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}

/** Another person, or nobody: what was fetched for the one before is forgotten. */
function become(session: Session | null): void {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
  queryClient.setQueryData(KEY, session);
}

export async function signIn(login: string, password: string): Promise<void> {
  become(take(await api.post<Session>("/session", { login, password })));
}

export async function signOut(): Promise<void> {
  await api.delete("/session");
  setCsrfToken("");
  become(null);
}

/** Changes the language on screen at once and keeps it with the person. */
export function useChangeLanguage(): (language: Language) => void {
  const session = useSession();
  return (language) => {
    setLanguage(language);
    queryClient.setQueryData(KEY, { ...session, user: { ...session.user, language } });
    api
      .patch<User>("/session/user", { language })
      .then(() =>
        queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" }),
      )
      .catch(toast.error);
  };
}
