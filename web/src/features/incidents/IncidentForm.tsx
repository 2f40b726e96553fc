import { Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import type { Incident } from "./types";
import { bodyOf, valuesOf } from "./values";

interface Props {
  /** The one that is changed; null: a new one. */
  incident: Incident | null;
  onClose: () => void;
}

export function IncidentForm({ incident, onClose }: Props) {
  const t = useText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const form = useForm({ initialValues: valuesOf(incident, zone) });
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
  /** What the server says of a place of the list stands at the list. */
  const places = (name: "communes" | "cells") => ({
    ...field(name),
    error: Object.entries(form.errors).find(
      ([path]) => path === name || path.startsWith(`${name}.`),
    )?.[1],
  });
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
      <Textarea
        label={t.words("français")}
        autosize
        minRows={2}
        {...field("texts.fr")}
        error={form.errors["texts.fr"] ?? form.errors.texts}
      />
      <Textarea label={t.words("English")} autosize minRows={2} {...field("texts.en")} />
      <TextInput label={t.prompt} description={t.promptHelp} {...field("prompt")} />
      <Textarea
        label={t.overWords("français")}
        description={t.overHelp}
        autosize
        minRows={2}
        {...field("over_texts.fr")}
      />
      <Textarea label={t.overWords("English")} autosize minRows={2} {...field("over_texts.en")} />
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
