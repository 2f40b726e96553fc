import { Modal, SegmentedControl, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { Loaded } from "@/features/prompts/Loaded";
import type { KnownLanguage } from "@/features/prompts/types";
import { useLanguages } from "@/features/prompts/usePrompts";
import { useSession } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { useText as useShared } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { PromptChoice } from "./PromptChoice";
import { languagesOf, spokenInstead } from "./spoken";
import type { Incident } from "./types";
import { useLanguageInSentence } from "./useLanguageInSentence";
import { bodyOf, valuesOf } from "./values";

interface Props {
  /** The one that is changed; null: a new one. */
  incident: Incident | null;
  onClose: () => void;
}

/** An incident in a dialog, once it is known which languages callers may choose. */
export function IncidentForm(props: Props) {
  const t = useText();
  const { close } = useShared();
  const languages = useLanguages();
  if (languages.data) return <WithLanguages {...props} known={languages.data.items} />;
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.incident ? t.changeTitle(props.incident.name) : t.declare}
      closeButtonProps={{ "aria-label": close }}
    >
      <Loaded query={languages}>{() => null}</Loaded>
    </Modal>
  );
}

function WithLanguages({ incident, onClose, known }: Props & { known: KnownLanguage[] }) {
  const t = useText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const nameOf = useLanguageInSentence(known);
  const used = known.filter((one) => one.used).map((one) => one.language);
  const languages = languagesOf(incident, used);
  const form = useForm({ initialValues: valuesOf(incident, zone, languages) });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const body = bodyOf(values, incident, zone);
    await (incident
      ? api.patch(`/incidents/${incident.incident_id}`, body)
      : api.post("/incidents", body));
    await client.invalidateQueries({ queryKey: ["incidents"] });
    toast.success(incident ? t.changed : t.declared);
    onClose();
  });
  const field = form.getInputProps;
  const { announced, texts, own_notice } = form.getValues();
  /** What the server says of a place of the list stands at the list. */
  const places = (name: "communes" | "cells") => ({
    ...field(name),
    error: Object.entries(form.errors).find(
      ([path]) => path === name || path.startsWith(`${name}.`),
    )?.[1],
  });
  /** What is heard where no engine speaks the language of these words. */
  const hint = (language: string) => {
    const instead = spokenInstead(language, texts, known);
    if (instead === null) return undefined;
    return instead === "" ? t.unheard : t.standsIn(nameOf(instead));
  };
  const action = incident ? t.save : t.declare;
  return (
    <FormModal
      open
      title={incident ? t.changeTitle(incident.name) : t.declare}
      action={action}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...field("name")} />
      <TextInput label={t.service} description={t.serviceHelp} {...field("service")} />
      <TextInput label={t.communes} description={t.placesHelp} {...places("communes")} />
      <TextInput label={t.cells} {...places("cells")} />
      <SegmentedControl
        aria-label={t.announced}
        data={(["words", "prompt"] as const).map((value) => ({
          value,
          label: t.announcements[value],
        }))}
        {...field("announced")}
      />
      {announced === "words" ? (
        languages.map((language, index) => (
          <Textarea
            key={language}
            label={t.words(nameOf(language))}
            description={hint(language)}
            lang={language}
            autosize
            minRows={2}
            {...field(`texts.${language}`)}
            error={
              form.errors[`texts.${language}`] ?? (index === 0 ? form.errors.texts : undefined)
            }
          />
        ))
      ) : (
        <PromptChoice
          known={known}
          {...field("prompt")}
          error={form.errors.prompt ?? form.errors.texts}
        />
      )}
      <Switch
        label={t.ownNotice}
        description={t.ownNoticeHelp}
        {...form.getInputProps("own_notice", { type: "checkbox" })}
      />
      {own_notice &&
        languages.map((language) => (
          <Textarea
            key={language}
            label={t.overWords(nameOf(language))}
            lang={language}
            autosize
            minRows={2}
            {...field(`over_texts.${language}`)}
          />
        ))}
      <TextInput
        type="datetime-local"
        label={t.start}
        description={t.startHelp}
        {...field("starts_at")}
      />
      <TextInput type="datetime-local" label={t.end} {...field("expected_end")} />
    </FormModal>
  );
}
