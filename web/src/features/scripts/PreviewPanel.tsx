import { Button, Group, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api } from "@/api/client";
import type { Column, Contact, Page } from "@/api/types";
import { useSession } from "@/features/session/session";
import { serverNow } from "@/formats/clock";
import { utcToWall } from "@/formats/time";
import { currentLanguage } from "@/i18n/language";
import { contactName } from "@/shared/contact-name";
import classes from "./Editor.module.css";
import { useText } from "./messages";
import { ScriptRunner, type Situation } from "./ScriptRunner";
import type { Answers, ScriptDocument } from "./types";

/** The script as an agent sees it, with a contact of the list; nothing is kept. */
export function PreviewPanel(props: {
  document: ScriptDocument;
  contactListId: string | null;
  columns: readonly Column[];
  page: string;
  onPage: (page: string) => void;
}) {
  const t = useText().editor;
  const { user, organisation } = useSession();
  const [sample, setSample] = useState(0);
  const [answers, setAnswers] = useState<Answers>({});
  const [visited, setVisited] = useState<string[]>([]);
  const [language, setLanguage] = useState<string>(currentLanguage());
  const contacts = useQuery({
    queryKey: ["contacts", props.contactListId, "samples"],
    queryFn: ({ signal }) =>
      api.get<Page<Contact>>(`/contact-lists/${props.contactListId}/contacts`, {
        query: { limit: 20 },
        signal,
      }),
    enabled: props.contactListId !== null,
  });
  const items = contacts.data?.items ?? [];
  const contact = items[items.length === 0 ? 0 : sample % items.length];
  const zone = contact?.time_zone ?? organisation.time_zone;
  const situation: Situation = useMemo(
    () => ({
      data: contact?.data ?? {},
      columns: props.columns,
      contactLanguage: contact?.language ?? "",
      campaign: "Campagne",
      agent: { display_name: user.display_name, language },
      now: utcToWall(new Date(serverNow()).toISOString(), zone),
    }),
    [contact, props.columns, user.display_name, language, zone],
  );
  const go = (to: string) => {
    const place = visited.indexOf(to);
    setVisited(place >= 0 ? visited.slice(0, place + 1) : [...seen, to]);
    props.onPage(to);
  };
  const seen = visited.includes(props.page) ? visited : [...visited, props.page];
  return (
    <section className={classes.preview} aria-label={t.preview}>
      <Group justify="space-between" gap="xs" mb="sm">
        <strong>{t.preview}</strong>
        <SegmentedControl
          size="xs"
          aria-label={t.previewLanguage}
          value={language}
          data={["fr", "en"]}
          onChange={setLanguage}
        />
      </Group>
      <div className={classes.paper} lang={language}>
        <ScriptRunner
          document={props.document}
          situation={situation}
          page={props.page}
          visited={seen}
          answers={answers}
          onAnswer={(field, value) => setAnswers((before) => ({ ...before, [field.id]: value }))}
          onPage={go}
          onButton={(button) => {
            if (button.action.type === "go" && button.action.page) go(button.action.page);
          }}
        />
      </div>
      <Group gap="xs" mt="sm">
        <span className={classes.hint}>
          {contact ? contactName(contact, [...props.columns]) : t.noSample}
        </span>
        {items.length > 1 && (
          <Button size="compact-xs" variant="subtle" onClick={() => setSample(sample + 1)}>
            {t.nextSample}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            setAnswers({});
            setVisited([]);
            props.onPage(props.document.pages[0]?.id ?? "");
          }}
        >
          {t.restart}
        </Button>
      </Group>
    </section>
  );
}
