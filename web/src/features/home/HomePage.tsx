import { Navigate } from "@tanstack/react-router";
import { NotFound } from "@/app/Fallbacks";
import { allowedEntries } from "@/app/navigation";
import { useSession } from "@/features/session/session";

/** Sends everyone to the page of their day: agents to their desk, the others to the live page. */
export function HomePage() {
  const { permissions, user } = useSession();
  const entries = allowedEntries(permissions);
  const own =
    user.role === "agent" ? entries[0] : (entries.find((e) => e.to === "/live") ?? entries[0]);
  return own ? <Navigate to={own.to} replace /> : <NotFound />;
}
