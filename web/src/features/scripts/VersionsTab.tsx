import { Button, Group, NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import classes from "./Editor.module.css";
import { differences } from "./editing";
import { useText } from "./messages";
import type { Script, ScriptDocument } from "./types";
import { useScriptVersions } from "./useScripts";

/** What was published, what differs between two versions, and the way back. */
export function VersionsTab(props: {
  script: Script;
  draft: ScriptDocument;
  mayWrite: boolean;
  onTake: (document: ScriptDocument) => void;
}) {
  const t = useText().editor;
  const formats = useFormats();
  const client = useQueryClient();
  const { script } = props;
  const versions = useScriptVersions(script.script_id);
  const [chosen, setChosen] = useState<number | null>(null);
  const [against, setAgainst] = useState("draft");
  const [back, setBack] = useState<number | null>(null);
  if (versions.isPending) return <Loading />;
  if (versions.error)
    return <LoadError error={versions.error} onRetry={() => void versions.refetch()} />;
  const all = versions.data;
  if (all.length === 0) return <p className={classes.hint}>{t.noVersions}</p>;
  const left = all.find((one) => one.version === chosen) ?? all[0];
  const right =
    against === "draft"
      ? props.draft
      : (all.find((one) => String(one.version) === against)?.document ?? props.draft);
  const found = left ? differences(left.document, right) : [];
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
              {one.version === script.published_version && (
                <StatusBadge tone="good">{t.current}</StatusBadge>
              )}
              <span className={classes.told}>
                {t.by(one.user_name ?? "—", formats.dateTime(one.published_at))}
              </span>
              {one.restored_from !== null && (
                <span className={classes.told}>{t.restored(one.restored_from)}</span>
              )}
              {one.note && <em>{one.note}</em>}
            </button>
          </li>
        ))}
      </ul>
      {left && (
        <div className={classes.compare}>
          <Group align="flex-end" mb="sm">
            <NativeSelect
              label={`${t.version(left.version)} · ${t.compareWith}`}
              value={against}
              data={[
                { value: "draft", label: t.draft },
                ...all
                  .filter((one) => one !== left)
                  .map((one) => ({ value: String(one.version), label: t.version(one.version) })),
              ]}
              onChange={(event) => setAgainst(event.currentTarget.value)}
            />
            {props.mayWrite && (
              <>
                <Button variant="default" onClick={() => props.onTake(left.document)}>
                  {t.useAsDraft}
                </Button>
                <Button
                  variant="default"
                  disabled={left.version === script.published_version}
                  onClick={() => setBack(left.version)}
                >
                  {t.rollBack}
                </Button>
              </>
            )}
          </Group>
          {found.length === 0 && <p className={classes.hint}>{t.same}</p>}
          {found.map((one) => (
            <section key={one.path} className={classes.difference} data-kind={one.kind}>
              <h4>
                {one.path} · {t[one.kind]}
              </h4>
              {one.before && <pre data-side="before">{one.before}</pre>}
              {one.after && <pre data-side="after">{one.after}</pre>}
            </section>
          ))}
        </div>
      )}
      <ConfirmDialog
        open={back !== null}
        title={t.rollBackTitle(back ?? 0)}
        action={t.rollBack}
        onClose={() => setBack(null)}
        onConfirm={async () => {
          await api.post(`/scripts/${script.script_id}/roll-back`, {
            version: script.version,
            to_version: back,
          });
          await client.invalidateQueries({ queryKey: ["scripts"] });
          toast.success(t.rolledBack);
        }}
      >
        {t.rollBackText}
      </ConfirmDialog>
    </div>
  );
}
