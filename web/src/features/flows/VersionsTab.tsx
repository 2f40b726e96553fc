import { Button, Group, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { changes } from "./document";
import classes from "./Editor.module.css";
import { useText } from "./messages";
import type { Flow, FlowDocument } from "./types";
import { useFlowVersions } from "./useFlows";

/** What was published, what differs between two in two columns, and the way back. */
export function VersionsTab(props: {
  flow: Flow;
  draft: FlowDocument;
  mayPublish: boolean;
  onTake?: (document: FlowDocument) => void;
  onRolledBack: (flow: Flow) => void;
}) {
  const t = useText();
  const formats = useFormats();
  const { flow } = props;
  const versions = useFlowVersions(flow.flow_id);
  const [chosen, setChosen] = useState<number | null>(null);
  const [against, setAgainst] = useState("draft");
  const [back, setBack] = useState<number | null>(null);
  if (versions.isPending) return <Loading />;
  if (versions.error) {
    return <LoadError error={versions.error} onRetry={() => void versions.refetch()} />;
  }
  const all = versions.data;
  const left = all.find((one) => one.version === chosen) ?? all[0];
  if (left === undefined) return <p className={classes.hint}>{t.compare.none}</p>;
  const right = all.find((one) => String(one.version) === against);
  const found = changes(left.document, right?.document ?? props.draft);
  const rightName = right ? t.version(right.version) : t.compare.draft;
  return (
    <div className={classes.versions}>
      <ul className={classes.versionList}>
        {all.map((one) => (
          <li key={one.version} data-chosen={one === left || undefined}>
            <button
              type="button"
              aria-pressed={one === left}
              onClick={() => setChosen(one.version)}
            >
              <strong>{t.version(one.version)}</strong>
              {one.version === flow.published_version && (
                <StatusBadge tone="good">{t.compare.current}</StatusBadge>
              )}
              <small>
                {t.compare.by(one.user_name ?? "—", formats.dateTime(one.published_at))}
              </small>
              {one.restored_from !== null && <small>{t.compare.restored(one.restored_from)}</small>}
              {one.note && <em>{one.note}</em>}
            </button>
          </li>
        ))}
      </ul>
      <div>
        <Group align="flex-end" mb="sm">
          <NativeSelect
            label={`${t.version(left.version)} · ${t.compare.with}`}
            value={right ? against : "draft"}
            data={[
              { value: "draft", label: t.compare.draft },
              ...all
                .filter((one) => one !== left)
                .map((one) => ({ value: String(one.version), label: t.version(one.version) })),
            ]}
            onChange={(event) => setAgainst(event.currentTarget.value)}
          />
          {props.onTake && (
            <Button variant="default" onClick={() => props.onTake?.(left.document)}>
              {t.compare.useAsDraft}
            </Button>
          )}
          {props.mayPublish && (
            <Button
              variant="default"
              disabled={left.version === flow.published_version}
              onClick={() => setBack(left.version)}
            >
              {t.compare.rollBack}
            </Button>
          )}
        </Group>
        {found.length === 0 && <p className={classes.hint}>{t.compare.same}</p>}
        {found.map((one) => (
          <section key={one.node} className={classes.difference}>
            <h3>
              {one.node || t.compare.whole} · {t.compare[one.kind]}
            </h3>
            <figure data-side="before">
              <figcaption>{t.version(left.version)}</figcaption>
              <pre>{one.before || t.compare.nothing}</pre>
            </figure>
            <figure data-side="after">
              <figcaption>{rightName}</figcaption>
              <pre>{one.after || t.compare.nothing}</pre>
            </figure>
          </section>
        ))}
      </div>
      <ConfirmDialog
        open={back !== null}
        title={t.compare.rollBackTitle(back ?? 0)}
        action={t.compare.rollBack}
        onClose={() => setBack(null)}
        onConfirm={async () => {
          const answer = await api.post<Flow>(`/flows/${flow.flow_id}/roll-back`, {
            version: flow.version,
            to_version: back,
          });
          props.onRolledBack(answer);
          toast.success(t.compare.rolledBack);
        }}
      >
        {t.compare.rollBackText}
      </ConfirmDialog>
    </div>
  );
}
