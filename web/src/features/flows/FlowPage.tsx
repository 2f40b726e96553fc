import { ActionIcon, Button, Tabs, TextInput, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowBackUp, IconArrowForwardUp, IconDownload, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { api, apiUrl } from "@/api/client";
import { useHistory } from "@/features/scripts/useHistory";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useUnsavedGuard } from "@/shared/useUnsavedGuard";
import { NO_TRAIL, trailOf } from "./canvas";
import classes from "./Editor.module.css";
import { type Editor, EditorContext } from "./editor-context";
import { useText } from "./messages";
import { NodeList } from "./NodeList";
import { Palette } from "./Palette";
import { PublishDialog } from "./PublishDialog";
import { SidePanel } from "./SidePanel";
import { TestsTab } from "./TestsTab";
import type { Finding, Flow, FlowDocument, FlowTest, NodeTypes } from "./types";
import { useCheck, useFlow, useNodeTypes, useThings } from "./useFlows";
import { useTrial } from "./useTrial";
import { VersionsTab } from "./VersionsTab";

const Canvas = lazy(async () => ({ default: (await import("./Canvas")).Canvas }));

export function FlowPage() {
  const { flowId } = useParams({ from: "/flows/$flowId" });
  const kept = useFlow(flowId);
  const kinds = useNodeTypes();
  const error = kept.error ?? kinds.error;
  if (kept.data !== undefined && kinds.data !== undefined) {
    return <FlowEditor key={kept.data.flow_id} kept={kept.data} kinds={kinds.data} />;
  }
  if (error === null) return <Loading />;
  const again = () => void Promise.all([kept.refetch(), kinds.refetch()]);
  return <LoadError error={error} onRetry={again} />;
}

interface Draft {
  name: string;
  document: FlowDocument;
  tests: FlowTest[];
}
const draftOf = (kept: Flow): Draft => ({
  name: kept.name,
  document: { ...kept.draft, languages: kept.draft.languages ?? [], nodes: kept.draft.nodes ?? [] },
  tests: kept.tests,
});

function FlowEditor({ kept, kinds }: { kept: Flow; kinds: NodeTypes }) {
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = usePermission("flows.write");
  const mayPublish = usePermission("flows.publish");
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const history = useHistory(draftOf(kept));
  const [saved, setSaved] = useState(history.value);
  const [chosen, setChosen] = useState("");
  const [tab, setTab] = useState("edit");
  const [side, setSide] = useState("settings");
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const draft = history.value;
  const dirty = draft !== saved;
  const readOnly = !mayWrite || phone;
  const things = useThings(kept.flow_id);
  const checked = useCheck(kept.flow_id, draft.document, draft.tests, kept.findings);
  const [findings, setFindings] = useState<Finding[]>(kept.findings);
  useEffect(() => {
    if (checked !== null) setFindings(checked);
  }, [checked]);
  const trial = useTrial(kept.flow_id, draft.document, kinds);
  const path = `/flows/${kept.flow_id}`;
  useUnsavedGuard(() => dirty);

  function take(answer: Flow) {
    client.setQueryData(["flows", kept.flow_id], answer);
    void client.invalidateQueries({ queryKey: ["flows", "list"] });
    void client.invalidateQueries({ queryKey: ["flows", "all"] });
    void client.invalidateQueries({ queryKey: ["flows", kept.flow_id, "versions"] });
  }
  async function save(): Promise<Flow | null> {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.patch<Flow>(path, {
        version: kept.version,
        name: draft.name,
        draft: draft.document,
        tests: draft.tests,
      });
      take(answer);
      setSaved(draft);
      return answer;
    } catch (error) {
      setProblem(error);
      return null;
    } finally {
      setBusy(false);
    }
  }
  async function reload() {
    const fresh = await api.get<Flow>(path);
    client.setQueryData(["flows", kept.flow_id], fresh);
    const taken = draftOf(fresh);
    history.reset(taken);
    setSaved(taken);
    setProblem(null);
  }
  const saveAndTell = () =>
    void save().then((done) => {
      if (done) toast.success(t.editor.saved);
    });
  useKeys({
    z: history.undo,
    Z: history.redo,
    y: history.redo,
    s: () => {
      if (dirty && mayWrite && !busy) saveAndTell();
    },
  });

  const { cursor, passed } = trial;
  const trying = side === "try";
  const trail = useMemo(() => {
    if (!trying || passed.length === 0) return NO_TRAIL;
    const here = cursor?.flow_id === kept.flow_id ? cursor.node : null;
    return trailOf(kept.flow_id, passed, here);
  }, [trying, passed, cursor, kept.flow_id]);
  const editor: Editor = useMemo(
    () => ({
      flowId: kept.flow_id,
      document: draft.document,
      set: (document, about) => history.set({ ...draft, document }, about),
      kinds,
      things,
      findings,
      readOnly,
      chosen,
      choose: setChosen,
      trail,
    }),
    [kept.flow_id, draft, history.set, kinds, things, findings, readOnly, chosen, trail],
  );
  const setTests = (tests: FlowTest[]) => history.set({ ...draft, tests });
  const users = kept.users.map((one) => formatNumber(one.name)).join(", ");
  return (
    <EditorContext.Provider value={editor}>
      <PageHeader
        title={draft.name || kept.name}
        text={users ? `${t.usedBy} : ${users}` : t.text}
        above={<BackLink to="/flows">{t.title}</BackLink>}
        beside={
          <StatusBadge tone={kept.published_version === null ? "quiet" : "good"}>
            {kept.published_version === null ? t.notPublished : t.version(kept.published_version)}
          </StatusBadge>
        }
      >
        <Tooltip label={t.exportFile}>
          <ActionIcon
            component="a"
            href={apiUrl(`${path}/file`)}
            download={`${kept.name}.json`}
            variant="default"
            size="lg"
            aria-label={t.exportFile}
          >
            <IconDownload size={18} />
          </ActionIcon>
        </Tooltip>
        {mayWrite && (
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
        )}
        {mayPublish && (
          <Button variant="default" onClick={() => setPublishing(true)}>
            {t.editor.publish}
          </Button>
        )}
        {mayWrite && (
          <Button loading={busy} disabled={!dirty} onClick={saveAndTell}>
            {t.editor.save}
          </Button>
        )}
      </PageHeader>
      <FormProblem problem={problem} onReload={() => void reload()} />
      <Tabs value={tab} onChange={(next) => setTab(next ?? "edit")} keepMounted={false}>
        <Tabs.List aria-label={t.editor.tabs}>
          <Tabs.Tab value="edit">{t.editor.edit}</Tabs.Tab>
          <Tabs.Tab value="tests">{t.editor.tests(draft.tests.length)}</Tabs.Tab>
          <Tabs.Tab value="versions">{t.editor.versions}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="edit" pt="sm">
          <div className={classes.bar}>
            {mayWrite && !phone && (
              <>
                <TextInput
                  size="xs"
                  aria-label={t.name}
                  value={draft.name}
                  onChange={(event) =>
                    history.set({ ...draft, name: event.currentTarget.value }, "name")
                  }
                />
                <ActionIcon
                  variant="default"
                  aria-label={t.editor.undo}
                  title={t.editor.undo}
                  disabled={!history.canUndo}
                  onClick={history.undo}
                >
                  <IconArrowBackUp size={17} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={t.editor.redo}
                  title={t.editor.redo}
                  disabled={!history.canRedo}
                  onClick={history.redo}
                >
                  <IconArrowForwardUp size={17} />
                </ActionIcon>
              </>
            )}
            <button
              type="button"
              className={classes.standing}
              data-wrong={findings.length > 0 || undefined}
              onClick={() => setSide("findings")}
            >
              <span role="status">
                {checked === null
                  ? t.editor.checking
                  : findings.length > 0
                    ? t.editor.problems(findings.length)
                    : t.editor.noProblems}
              </span>
              {dirty && <em>{t.editor.unsaved}</em>}
            </button>
          </div>
          <div className={classes.columns} data-palette={!readOnly || undefined}>
            {!readOnly && <Palette />}
            {phone ? (
              <NodeList />
            ) : (
              <Suspense fallback={<Loading />}>
                <Canvas />
              </Suspense>
            )}
            <SidePanel
              side={side}
              onSide={setSide}
              trial={trial}
              {...(mayWrite
                ? {
                    onKeep: (test: FlowTest) => {
                      setTests([...draft.tests, test]);
                      toast.success(t.trial.kept);
                    },
                  }
                : {})}
            />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="tests" pt="md">
          <TestsTab
            flowId={kept.flow_id}
            document={draft.document}
            tests={draft.tests}
            {...(mayWrite ? { onChange: setTests } : {})}
          />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <VersionsTab
            flow={kept}
            draft={draft.document}
            onRolledBack={take}
            mayPublish={mayPublish}
            {...(mayWrite
              ? {
                  onTake: (document: FlowDocument) => {
                    editor.set(document);
                    setTab("edit");
                  },
                }
              : {})}
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
            const answer = await api.post<Flow>(`${path}/publish`, { version: base.version, note });
            take(answer);
            toast.success(t.editor.published(answer.published_version ?? 0));
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
          await client.invalidateQueries({ queryKey: ["flows", "list"] });
          toast.success(t.removed);
          await navigate({ to: "/flows", ignoreBlocker: true });
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </EditorContext.Provider>
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
