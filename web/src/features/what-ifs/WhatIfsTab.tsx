import { Text } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useQueues } from "@/api/references";
import type { Campaign } from "@/api/types";
import { usePermission, useSession } from "@/features/session/session";
import { serverNow } from "@/formats/clock";
import { utcToWall } from "@/formats/time";
import { EmptyState } from "@/shared/EmptyState";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { useText } from "./messages";
import { useWhatIfs } from "./useWhatIfs";
import { WhatIfForm } from "./WhatIfForm";
import { WhatIfList } from "./WhatIfList";
import { WhatIfPanel } from "./WhatIfPanel";
import classes from "./WhatIfsTab.module.css";
import { beginWith } from "./what-if-form";

const DAY_MS = 86_400_000;

/** A day of the campaign simulated with other settings, or a recorded one played again. */
export function WhatIfsTab({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const mayWrite = usePermission("campaigns.write");
  const zone = useSession().organisation.time_zone;
  const queues = useQueues();
  const query = useWhatIfs(campaign.campaign_id);
  const [chosen, setChosen] = useState<string | null>(null);
  const result = useRef<HTMLDivElement>(null);
  if (queues.isPending || query.isPending) return <Loading />;
  const members =
    queues.data?.find((queue) => queue.queue_id === campaign.queue_id)?.member_user_ids.length ?? 0;
  const yesterday = utcToWall(new Date(serverNow() - DAY_MS).toISOString(), zone).slice(0, 10);
  const items = query.data ?? [];
  const shown = items.find((one) => one.what_if_id === chosen) ?? items[0];
  const show = (whatIfId: string) => {
    setChosen(whatIfId);
    // On a phone the result stands below the form and the list.
    result.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <Panel title={t.title} text={t.text}>
          {campaign.mode === "preview" && (
            <Text size="sm" c="dimmed" mb="sm">
              {t.preview}
            </Text>
          )}
          {mayWrite ? (
            <WhatIfForm
              campaignId={campaign.campaign_id}
              members={members}
              initial={beginWith(campaign, members, yesterday)}
              onStarted={show}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {t.form.notYours}
            </Text>
          )}
        </Panel>
        {query.data === undefined ? (
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <WhatIfList items={items} chosen={shown?.what_if_id ?? null} onChoose={show} />
        )}
      </div>
      <div ref={result} className={classes.column}>
        {shown ? (
          <WhatIfPanel key={shown.what_if_id} listed={shown} mayWrite={mayWrite} />
        ) : (
          query.data !== undefined && (
            <Panel title={t.result.title}>
              <EmptyState icon={IconFlask} title={t.list.empty} text={t.progress.choose} />
            </Panel>
          )
        )}
      </div>
    </div>
  );
}
