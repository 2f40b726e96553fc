import {
  Checkbox,
  Input,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useContactLists } from "@/api/references";
import type { WrapUpCode, WrapUpFlag } from "@/api/types";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import {
  EFFECTS,
  OUTCOMES,
  type Outcome,
  outcomeOf,
  withEffect,
  withOutcome,
} from "./wrap-up-flags";

interface Props {
  code: WrapUpCode | null;
  nextPosition: number;
  onClose: () => void;
}

export function WrapUpCodeForm({ code, nextPosition, onClose }: Props) {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const lists = useContactLists();
  const form = useForm({
    initialValues: {
      name: code?.name ?? "",
      name_en: code?.name_en ?? "",
      flags: code?.flags ?? (["right_party"] as WrapUpFlag[]),
      required_fields: code?.required_fields ?? ([] as string[]),
      active: code?.active ?? true,
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    if (code) await api.patch(`/wrap-up-codes/${code.wrap_up_code_id}`, values);
    else await api.post("/wrap-up-codes", { ...values, position: nextPosition });
    await client.invalidateQueries({ queryKey: ["wrap-up-codes"] });
    toast.success(t.wrapUps.saved);
    onClose();
  });
  const { flags } = form.values;
  const columns = (lists.data ?? []).flatMap((list) => list.columns.map((column) => column.name));
  const outcome = outcomeOf(flags);
  return (
    <FormModal
      open
      size="lg"
      title={code ? t.editOf(code.name) : t.wrapUps.add}
      action={code ? shared.save : shared.create}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
        <TextInput label={t.nameEn} placeholder={t.nameEnHelp} {...form.getInputProps("name_en")} />
      </SimpleGrid>
      <Input.Wrapper label={t.wrapUps.outcome} error={form.errors.flags}>
        <SegmentedControl
          fullWidth
          mt={4}
          value={outcome}
          data={[
            ...OUTCOMES.map((value) => ({
              value: value as Outcome,
              label: t.wrapUps.names[value],
            })),
            { value: "none" as Outcome, label: t.wrapUps.noOutcome },
          ]}
          onChange={(value) => form.setFieldValue("flags", withOutcome(flags, value as Outcome))}
        />
        {outcome !== "none" && (
          <Text size="xs" c="dimmed" mt={4}>
            {t.wrapUps.help[outcome]}
          </Text>
        )}
      </Input.Wrapper>
      <Input.Wrapper label={t.wrapUps.flags}>
        <Stack gap={10} mt={6}>
          {EFFECTS.map((flag) => (
            <Checkbox
              key={flag}
              label={t.wrapUps.names[flag]}
              description={t.wrapUps.help[flag]}
              checked={flags.includes(flag)}
              onChange={(event) =>
                form.setFieldValue("flags", withEffect(flags, flag, event.currentTarget.checked))
              }
            />
          ))}
        </Stack>
      </Input.Wrapper>
      <TagsInput
        label={t.wrapUps.required}
        description={t.wrapUps.requiredHelp}
        data={["notes", ...new Set(columns)]}
        {...form.getInputProps("required_fields")}
      />
      <Switch
        label={t.active}
        description={t.inactiveHelp}
        {...form.getInputProps("active", { type: "checkbox" })}
      />
    </FormModal>
  );
}
