import {
  ActionIcon,
  Button,
  NativeSelect,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArrowBackUp, IconArrowForwardUp, IconDownload, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { api } from "@/api/client";
import { useContactLists } from "@/api/references";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormModal } from "@/shared/FormModal";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useUnsavedGuard } from "@/shared/useUnsavedGuard";
import classes from "./Editor.module.css";
import { type Editor, EditorContext } from "./editor-context";
import { useText } from "./messages";
import { PageEditor } from "./PageEditor";
import { PagesList } from "./PagesList";
import { PreviewPanel } from "./PreviewPanel";
import type { Script, ScriptDocument, ScriptProblem } from "./types";
import { useHistory } from "./useHistory";
import { useCheck, useScript } from "./useScripts";
import { VersionsTab } from "./VersionsTab";

export function ScriptPage() {
  const { scriptId } = useParams({ from: "/scripts/$scriptId" });
  const kept = useScript(scriptId);
  if (kept.isPending) return <Loading />;
  if (kept.data === undefined) {
    return <LoadError error={kept.error} onRetry={() => void kept.refetch()} />;
  }
  return <ScriptEditor key={kept.data.script_id} kept={kept.data} />;
}

interface Draft {
  name: string;
  contactListId: string | null;
  document: ScriptDocument;
}
const draftOf = (kept: Script): Draft => ({
  name: kept.name,
  contactListId: kept.contact_list_id,
  document: kept.draft,
});

function ScriptEditor({ kept }: { kept: Script }) {
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const history = useHistory(draftOf(kept));
  const [saved, setSaved] = useState(history.value);
  const [page, setPage] = useState(kept.draft.pages[0]?.id ?? "");
  const [tab, setTab] = useState("edit");
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const draft = history.value;
  const dirty = draft !== saved;
  const lists = useContactLists();
  const columns = lists.data?.find((one) => one.contact_list_id === draft.contactListId)?.columns;
  const found = useCheck(draft.document, draft.contactListId, kept.problems, mayWrite);
  const path = `/scripts/${kept.script_id}`;
  useUnsavedGuard(() => dirty);

  async function save(): Promise<Script | null> {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.patch<Script>(path, {
        version: kept.version,
        name: draft.name,
        contact_list_id: draft.contactListId,
        draft: draft.document,
      });
      client.setQueryData(["scripts", kept.script_id], answer);
      setSaved(draft);
      void client.invalidateQueries({ queryKey: ["scripts", "all"] });
      void client.invalidateQueries({ queryKey: ["scripts"], refetchType: "none" });
      return answer;
    } catch (error) {
      setProblem(error);
      return null;
    } finally {
      setBusy(false);
    }
  }
  async function reload() {
    const fresh = await api.get<Script>(path);
    client.setQueryData(["scripts", kept.script_id], fresh);
    history.reset(draftOf(fresh));
    setSaved(draftOf(fresh));
    setProblem(null);
  }

  useKeys({
    z: history.undo,
    Z: history.redo,
    y: history.redo,
    s: () =>
      void (dirty && mayWrite && save().then((done) => done && toast.success(t.editor.saved))),
  });

  const problems = found ?? kept.problems;
  const editor: Editor = useMemo(
    () => ({
      document: draft.document,
      set: (document, about) => history.set({ ...draft, document }, about),
      columns: columns ?? [],
      problems,
      readOnly: !mayWrite,
    }),
    [draft, columns, problems, mayWrite, history.set],
  );
  const index = Math.max(
    0,
    draft.document.pages.findIndex((one) => one.id === page),
  );
  const shown = draft.document.pages[index];
  return (
    <EditorContext.Provider value={editor}>
      <PageHeader
        title={draft.name || kept.name}
        text={kept.campaigns.length > 0 ? t.ofCampaigns(kept.campaigns.join(", ")) : t.text}
        above={<BackLink to="/scripts">{t.title}</BackLink>}
        beside={
          <StatusBadge tone={kept.published_version === null ? "quiet" : "good"}>
            {kept.published_version === null
              ? t.notPublished
              : t.editor.version(kept.published_version)}
          </StatusBadge>
        }
      >
        <Tooltip label={t.exportFile}>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t.exportFile}
            onClick={() => download(draft)}
          >
            <IconDownload size={18} />
          </ActionIcon>
        </Tooltip>
        {mayWrite && (
          <>
            <Tooltip label={t.remove}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t.remove}
                onClick={() => setDeleting(true)}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Tooltip>
            <Button
              variant="default"
              disabled={problems.length > 0}
              onClick={() => setPublishing(true)}
            >
              {t.editor.publish}
            </Button>
            <Button
              loading={busy}
              disabled={!dirty}
              onClick={() => void save().then((answer) => answer && toast.success(t.editor.saved))}
            >
              {t.editor.save}
            </Button>
          </>
        )}
      </PageHeader>
      <FormProblem problem={problem} onReload={() => void reload()} />
      <Tabs value={tab} onChange={(chosen) => setTab(chosen ?? "edit")} keepMounted={false}>
        <Tabs.List aria-label={t.editor.tabs}>
          <Tabs.Tab value="edit">{t.editor.edit}</Tabs.Tab>
          <Tabs.Tab value="versions">{t.editor.versions}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="edit" pt="md">
          <fieldset className={classes.bar} disabled={!mayWrite}>
            <TextInput
              label={t.name}
              value={draft.name}
              onChange={(event) =>
                history.set({ ...draft, name: event.currentTarget.value }, "name")
              }
            />
            <NativeSelect
              label={t.list}
              value={draft.contactListId ?? ""}
              data={[
                { value: "", label: t.noList },
                ...(lists.data ?? []).map((one) => ({
                  value: one.contact_list_id,
                  label: one.name,
                })),
              ]}
              onChange={(event) =>
                history.set({ ...draft, contactListId: event.currentTarget.value || null })
              }
            />
            <NativeSelect
              label={t.editor.required_rule}
              value={draft.document.required ?? "remind"}
              data={Object.entries(t.editor.requiredRules).map(([value, label]) => ({
                value,
                label,
              }))}
              onChange={(event) =>
                editor.set({
                  ...draft.document,
                  required: event.currentTarget.value as "remind" | "success",
                })
              }
            />
            <div className={classes.tools}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t.editor.undo}
                disabled={!history.canUndo}
                onClick={history.undo}
              >
                <IconArrowBackUp size={18} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t.editor.redo}
                disabled={!history.canRedo}
                onClick={history.redo}
              >
                <IconArrowForwardUp size={18} />
              </ActionIcon>
              <Standing found={found} dirty={dirty} />
            </div>
          </fieldset>
          <div className={classes.columns}>
            <PagesList chosen={shown?.id ?? ""} onChoose={setPage} />
            <fieldset className={classes.middle} disabled={!mayWrite}>
              {shown && <PageEditor key={shown.id} index={index} page={shown} />}
            </fieldset>
            <PreviewPanel
              document={draft.document}
              contactListId={draft.contactListId}
              columns={columns ?? []}
              page={shown?.id ?? ""}
              onPage={setPage}
            />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <VersionsTab
            script={kept}
            draft={draft.document}
            mayWrite={mayWrite}
            onTake={(document) => {
              editor.set(document);
              setTab("edit");
            }}
          />
        </Tabs.Panel>
      </Tabs>
      {publishing && (
        <PublishDialog
          onClose={() => setPublishing(false)}
          onPublish={async (note) => {
            const base = dirty ? await save() : kept;
            if (base === null) {
              setPublishing(false);
              return;
            }
            const answer = await api.post<Script>(`${path}/publish`, {
              version: base.version,
              note,
            });
            client.setQueryData(["scripts", kept.script_id], answer);
            void client.invalidateQueries({ queryKey: ["scripts", "all"] });
            void client.invalidateQueries({ queryKey: ["scripts", kept.script_id, "versions"] });
            toast.success(t.editor.publishDone(answer.published_version ?? 0));
            setPublishing(false);
          }}
        />
      )}
      <ConfirmDialog
        open={deleting}
        danger
        title={t.removeTitle(kept.name)}
        action={t.remove}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          await api.delete(path);
          setSaved(draft);
          await client.invalidateQueries({ queryKey: ["scripts", "all"] });
          toast.success(t.removed);
          await navigate({ to: "/scripts", ignoreBlocker: true });
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </EditorContext.Provider>
  );
}

function Standing({ found, dirty }: { found: ScriptProblem[] | null; dirty: boolean }) {
  const t = useText().editor;
  const wrong = (found?.length ?? 0) > 0;
  return (
    <span className={classes.standing} role="status" data-wrong={wrong || undefined}>
      {found === null ? t.checking : wrong ? t.problems(found.length) : t.noProblems}
      {dirty && <em>{t.unsaved}</em>}
    </span>
  );
}

function PublishDialog(props: { onClose: () => void; onPublish: (note: string) => Promise<void> }) {
  const t = useText().editor;
  const form = useForm({ initialValues: { note: "" } });
  const { submit, busy, problem } = useSubmit(form, ({ note }) => props.onPublish(note));
  return (
    <FormModal
      open
      title={t.publishTitle}
      action={t.publishGo}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <p className={classes.hint}>{t.publishText}</p>
      <Textarea
        label={t.publishNote}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        {...form.getInputProps("note")}
      />
    </FormModal>
  );
}

/** Ctrl (or Cmd) with a letter, on this page. */
function useKeys(keys: Record<string, () => void>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const act = keys[event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}

function download(draft: Draft) {
  const file = new Blob([JSON.stringify({ name: draft.name, ...draft.document }, null, 2)], {
    type: "application/json",
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${draft.name || "script"}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
