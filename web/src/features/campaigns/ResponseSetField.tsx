import { Select } from "@mantine/core";
import { useResponseSets } from "@/features/call-analysis/useCallAnalysis";
import { TextLink } from "@/shared/TextLink";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const NONE = "none";

/** What the campaign does with the results of its calls. */
export function ResponseSetField() {
  const t = useText().form.dialling;
  const form = useCampaignForm();
  const sets = useResponseSets();
  return (
    <Select
      label={t.responseSet}
      description={
        <>
          {form.values.call_analysis ? t.responseSetHelp : t.responseSetUnheard}{" "}
          <TextLink to="/response-sets" size="xs">
            {t.responseSets}
          </TextLink>
        </>
      }
      inputWrapperOrder={["label", "input", "description", "error"]}
      allowDeselect={false}
      data={[
        { value: NONE, label: t.noResponseSet },
        ...(sets.data ?? []).map((one) => ({ value: one.response_set_id, label: one.name })),
      ]}
      value={form.values.response_set_id ?? NONE}
      error={form.errors.response_set_id}
      onChange={(value) => form.setFieldValue("response_set_id", value === NONE ? null : value)}
    />
  );
}
