import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { NotFound } from "@/app/Fallbacks";
import { allowedEntries } from "@/app/navigation";
import { useSession } from "@/features/session/session";
import { Loading } from "@/shared/Loading";

/** Sends everyone to the page of their day: agents to their desk, the others to the live page. */
export function HomePage() {
  const { permissions, user } = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const entries = allowedEntries(permissions);
  const own =
    user.role === "agent" ? entries[0] : (entries.find((e) => e.to === "/live") ?? entries[0]);
  const to = own?.to;
  // Only from here: whoever has clicked on meanwhile, while the first page loads, is left alone.
  useEffect(() => {
    const here = router.latestLocation.pathname === "/";
    if (here && to !== undefined) void navigate({ to, replace: true });
  }, [to, navigate, router]);
  return own ? <Loading /> : <NotFound />;
}
