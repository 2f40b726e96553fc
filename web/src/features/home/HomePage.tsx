import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { NotFound } from "@/app/Fallbacks";
import { allowedEntries } from "@/app/navigation";
import { useSession } from "@/features/session/session";
import { Loading } from "@/shared/Loading";

/** Sends everyone to the page of their day: agents to their desk, the others to the live page. */
export function HomePage() {
  const { permissions, user } = useSession();
  const navigate = useNavigate();
  const entries = allowedEntries(permissions);
  const own =
    user.role === "agent" ? entries[0] : (entries.find((e) => e.to === "/live") ?? entries[0]);
  const to = own?.to;
  // Once: the `Navigate` component would go again, and undo what was clicked meanwhile.
  useEffect(() => {
    if (to !== undefined) void navigate({ to, replace: true });
  }, [to, navigate]);
  return own ? <Loading /> : <NotFound />;
}
