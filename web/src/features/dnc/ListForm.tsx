import { NumberInput, Radio, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useContactLists } from "@/api/references";
import type { DncList } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { CHANNELS, changeBody, type ListKind, NEW_LIST, newBody, valuesOf } from "./list-form";
import { useText } from "./messages";
import { ProviderFields } from "./ProviderFields";

const BELOW: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];

interface Props {
  /** To be changed; without it a list is made. */
  list?: DncList;
  onDone: (list: DncList) => void;
  onClose: () => void;
}

/** A list's settings. What it holds, and by what, is chosen once. */
export function ListForm({ list, onDone, onClose }: Props) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const mayProvide = usePermission("settings.write");
  const contactLists = useContactLists();
  const form = useForm({ initialValues: list ? valuesOf(list) : NEW_LIST });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const done = list
      ? await api.patch<DncList>(
          `/dnc-lists/${list.dnc_list_id}`,
          changeBody(values, list.version, mayProvide),
        )
      : await api.post<DncList>("/dnc-lists", newBody(values));
    await client.invalidateQueries({ queryKey: ["dnc-lists"] });
    toast.success(list ? t.form.changed : t.made);
    onDone(done);
  });
  const kind = form.values.kind;
  const columns = [
    ...new Set((contactLists.data ?? []).flatMap((one) => one.columns.map((c) => c.name))),
  ].sort();
  const kinds: ListKind[] = mayProvide ? ["number", "column", "provider"] : ["number", "column"];
  return (
    <FormModal
      open
      size={kind === "provider" ? "xl" : "lg"}
      title={list ? t.form.title(list.name) : t.add}
      action={list ? shared.save : shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      {!list && (
        <Radio.Group label={t.form.kind} {...form.getInputProps("kind")}>
          <Stack gap={10} mt={6}>
            {kinds.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t.form.kinds[one]}
                description={t.form.kindHelp[one]}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {!list && kind === "column" && (
        <TextInput
          label={t.form.column}
          description={t.form.columnHelp}
          inputWrapperOrder={BELOW}
          required
          list="dnc-columns"
          {...form.getInputProps("key_column")}
        />
      )}
      <datalist id="dnc-columns">
        {columns.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Select
        label={t.form.channel}
        description={t.form.channelHelp}
        inputWrapperOrder={BELOW}
        allowDeselect={false}
        data={CHANNELS.map((value) => ({ value, label: t.channels[value] }))}
        {...form.getInputProps("channel")}
      />
      <Switch
        label={t.form.wide}
        description={t.form.wideHelp}
        checked={form.values.organisation_wide}
        onChange={(event) => form.setFieldValue("organisation_wide", event.currentTarget.checked)}
      />
      {kind === "number" && !list && (
        <TextInput
          label={t.screening.authority}
          description={t.screening.authorityHelp}
          inputWrapperOrder={BELOW}
          placeholder="TPS"
          {...form.getInputProps("screening_authority")}
        />
      )}
      {form.values.screening_authority !== "" && (
        <NumberInput
          label={t.screening.days}
          description={t.screening.daysHelp}
          inputWrapperOrder={BELOW}
          min={1}
          max={3650}
          allowDecimal={false}
          {...form.getInputProps("screening_days")}
        />
      )}
      {kind === "provider" && mayProvide && <ProviderFields form={form} />}
    </FormModal>
  );
}
