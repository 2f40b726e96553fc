import { Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/features/session/session";
import { wallToUtc } from "@/formats/time";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

const placesOf = (written: string) =>
  written
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** Words by language, without the empty ones. */
const wordsOf = (words: Record<string, string>) =>
  Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim() !== ""));

export function IncidentForm({ onClose }: { onClose: () => void }) {
  const t = useText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const form = useForm({
    initialValues: {
      name: "",
      service: "",
      communes: "",
      cells: "",
      texts: "",
      english: "",
      over_texts: "",
      expected_end: "",
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.post("/incidents", {
      name: values.name,
      service: values.service,
      communes: placesOf(values.communes),
      cells: placesOf(values.cells),
      texts: wordsOf({ fr: values.texts, en: values.english }),
      over_texts: wordsOf({ fr: values.over_texts }),
      expected_end: values.expected_end === "" ? null : wallToUtc(values.expected_end, zone),
    });
    await client.invalidateQueries({ queryKey: ["incidents"] });
    toast.success(t.declared);
    onClose();
  });
  const field = form.getInputProps;
  return (
    <FormModal
      open
      title={t.declare}
      action={t.declare}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...field("name")} />
      <TextInput label={t.service} description={t.serviceHelp} {...field("service")} />
      <TextInput label={t.communes} description={t.placesHelp} {...field("communes")} />
      <TextInput label={t.cells} {...field("cells")} />
      <Textarea label={t.words("français")} autosize minRows={2} {...field("texts")} />
      <Textarea label={t.words("English")} autosize minRows={2} {...field("english")} />
      <Textarea
        label={t.overWords}
        description={t.overHelp}
        autosize
        minRows={2}
        {...field("over_texts")}
      />
      <TextInput type="datetime-local" label={t.end} {...field("expected_end")} />
    </FormModal>
  );
}
