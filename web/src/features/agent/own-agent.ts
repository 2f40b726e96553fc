import { api } from "@/api/client";
import type { AgentState } from "@/api/types";
import type { LiveStore } from "@/live/store";

const ASKS = 3;

/**
 * Fetches the agent's own state and puts it into the live picture.
 *
 * A snapshot that comes while the answer is under way makes the answer old, and need not know the
 * agent: then it is asked for again, for the desk waits for it. Raises ApiError.
 */
export async function fetchOwn(
  store: Pick<LiveStore, "agentRevision" | "putAgent">,
  userId: string,
): Promise<AgentState> {
  for (let ask = 1; ; ask += 1) {
    const revision = store.agentRevision(userId);
    const agent = await api.get<AgentState>("/agent");
    if (store.putAgent(agent, revision) || ask === ASKS) return agent;
  }
}
