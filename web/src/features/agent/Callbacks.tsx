import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Callback, Page } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { LoadError } from "@/shared/LoadError";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useNowSeconds } from "@/shared/useNow";
import classes from "./Callbacks.module.css";
import { itemsOf } from "./items";
import { useText } from "./messages";
import panels from "./Panels.module.css";

/** Promises that this agent can keep, earliest first. */
export function Callbacks() {
  const t = useText().callbacks;
  const { dateTime } = useFormats();
  const now = useNowSeconds();
  const query = useQuery({
    queryKey: ["agent", "callbacks"],
    queryFn: () => api.get<Callback[] | Page<Callback>>("/agent/callbacks").then(itemsOf),
    refetchInterval: 60_000,
  });
  return (
    <section className={panels.panel} aria-label={t.title}>
      <h3>{t.title}</h3>
      {query.error && <LoadError error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className={panels.none}>{t.none}</p>}
      <ul className={classes.list}>
        {query.data?.map((one) => (
          <li key={one.callback_id}>
            <div className={classes.line}>
              <strong className="tabular">{dateTime(one.due_at)}</strong>
              <StatusBadge tone={Date.parse(one.due_at) / 1000 <= now ? "warn" : "quiet"}>
                {Date.parse(one.due_at) / 1000 <= now ? t.due : one.mine ? t.mine : t.anyone}
              </StatusBadge>
            </div>
            <span className="tabular">{formatNumber(one.number)}</span>
            <span className={classes.campaign}>{one.campaign_name}</span>
            {one.note && <p>{one.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
