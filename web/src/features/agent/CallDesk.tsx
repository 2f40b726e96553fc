import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { AgentState, AgentStatus, AttemptLive, Card } from "@/api/types";
import { CallerFacts } from "@/features/callers/CallerFacts";
import { useText as useCallerText } from "@/features/callers/messages";
import { CallConsent } from "@/features/consents/CallConsent";
import { useSession } from "@/features/session/session";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import classes from "./CallDesk.module.css";
import { CallHeader } from "./CallHeader";
import { CallScript } from "./CallScript";
import { ContactPanel } from "./ContactPanel";
import { HistoryPanel } from "./HistoryPanel";
import panels from "./Panels.module.css";
import { PreviewActions } from "./PreviewActions";
import { ScriptPanel } from "./ScriptPanel";
import { WrapUpPanel } from "./WrapUpPanel";

const SPOKEN: readonly AgentStatus[] = ["on_call", "after_call"];

/** A record or a call: who it is, what to say, how it ended. */
export function CallDesk({ agent, attempt }: { agent: AgentState; attempt: AttemptLive }) {
  const callers = useCallerText();
  const { organisation } = useSession();
  const id = attempt.attempt_id;
  const query = useQuery({
    queryKey: ["agent", "card", id],
    queryFn: () => api.get<Card>(`/agent/card/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 5,
  });
  const card = query.data;
  const zone = card?.contact.time_zone ?? organisation.time_zone;
  return (
    <>
      <CallHeader agent={agent} attempt={attempt} card={card} />
      {query.error && !card && (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Loading />}
      {card && (
        <>
          {agent.status === "previewing" && (
            <PreviewActions key={id} agent={agent} attempt={attempt} card={card} />
          )}
          <div
            className={classes.columns}
            data-two={agent.status === "previewing" || undefined}
            data-script={card.script ? true : undefined}
            data-after={agent.status === "after_call" || undefined}
          >
            <div className={classes.contact}>
              {card.caller && (
                <section className={panels.panel} aria-label={callers.title}>
                  <h3>{callers.title}</h3>
                  <CallerFacts caller={card.caller} taken={attempt.connected_at} attemptId={id} />
                </section>
              )}
              <ContactPanel card={card} zone={zone} />
              {SPOKEN.includes(agent.status) && <CallConsent attemptId={id} />}
            </div>
            <div className={classes.talk}>
              {card.script ? (
                <CallScript
                  key={id}
                  attemptId={id}
                  card={card}
                  script={card.script}
                  zone={zone}
                  ended={attempt.state === "closed"}
                />
              ) : (
                <ScriptPanel html={card.script_html} />
              )}
              <HistoryPanel rows={card.history} answers={card.script_answers} />
            </div>
            {agent.status !== "previewing" && (
              <div className={classes.outcome}>
                <WrapUpPanel key={id} agent={agent} attempt={attempt} card={card} zone={zone} />
              </div>
            )}
          </div>
        </>
      )}
    </>
  );
}
