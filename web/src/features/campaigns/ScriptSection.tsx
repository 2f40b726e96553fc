import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useRef } from "react";
import { api } from "@/api/client";
import type { Contact, Page } from "@/api/types";
import { useContactList } from "@/features/contact-lists/useContactList";
import { contactName } from "@/shared/contact-name";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import classes from "./CampaignForm.module.css";
import { unknownPlaceholders } from "./campaign-form";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";
import { ScriptChoice } from "./ScriptChoice";

const ScriptPreview = lazy(() => import("./ScriptPreview"));

function useSample(contactListId: string | null) {
  return useQuery({
    queryKey: ["contacts", contactListId, "sample"],
    queryFn: async ({ signal }) => {
      const path = `/contact-lists/${contactListId}/contacts`;
      const page = await api.get<Page<Contact>>(path, { query: { limit: 1 }, signal });
      return page.items[0] ?? null;
    },
    enabled: contactListId !== null,
  });
}

/** The script, the columns it can show, and how the agent will see it with a real contact. */
export function ScriptSection({ campaignId }: { campaignId: string | null }) {
  const t = useText().form.script;
  const form = useCampaignForm();
  const area = useRef<HTMLTextAreaElement>(null);
  const listId = form.values.contact_list_id;
  const list = useContactList(listId);
  const sample = useSample(listId).data ?? null;
  const columns = list.data?.columns ?? [];
  const missing = list.data
    ? unknownPlaceholders(
        form.values.script,
        columns.map((column) => column.name),
      )
    : [];

  function insert(name: string) {
    const node = area.current;
    const { script } = form.values;
    const from = node?.selectionStart ?? script.length;
    const text = `{{${name}}}`;
    form.setFieldValue(
      "script",
      script.slice(0, from) + text + script.slice(node?.selectionEnd ?? from),
    );
    requestAnimationFrame(() => {
      node?.focus();
      node?.setSelectionRange(from + text.length, from + text.length);
    });
  }

  return (
    <div id="script">
      <Panel title={t.title} text={t.text}>
        <ScriptChoice campaignId={campaignId} />
        {form.values.script_id === null && columns.length > 0 && (
          <div className={classes.inserts}>
            <span>{t.insert}</span>
            {columns.map((column) => (
              <Button
                key={column.name}
                size="compact-xs"
                variant="default"
                onClick={() => insert(column.name)}
              >
                {column.label}
              </Button>
            ))}
          </div>
        )}
        <div className={classes.script} hidden={form.values.script_id !== null}>
          <Textarea
            ref={area}
            aria-label={t.label}
            autosize
            minRows={11}
            maxRows={26}
            {...form.getInputProps("script")}
            error={
              form.errors.script ?? (missing[0] === undefined ? undefined : t.missing(missing[0]))
            }
          />
          <section className={classes.paper} aria-label={t.preview}>
            {form.values.script.trim() === "" ? (
              <p className={classes.modeText}>{t.empty}</p>
            ) : (
              <Suspense fallback={<Loading />}>
                <ScriptPreview
                  script={form.values.script}
                  values={sample?.data ?? {}}
                  columns={columns}
                />
                <p className={classes.modeText}>
                  {sample ? t.sample(contactName(sample, columns)) : t.noSample}
                </p>
              </Suspense>
            )}
          </section>
        </div>
      </Panel>
    </div>
  );
}
