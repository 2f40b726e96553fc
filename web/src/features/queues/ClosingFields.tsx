import { Select } from "@mantine/core";
import { ChoiceField, type SectionProps } from "./fields";
import { useText } from "./messages";
import { useScheduleGroups } from "./useRouting";

/** The queue's opening hours, and what becomes of callers who still wait at their end. */
export function ClosingFields(props: SectionProps) {
  const t = useText().limits;
  const groups = useScheduleGroups();
  return (
    <>
      <Select
        label={t.hours}
        placeholder={t.noHours}
        clearable
        disabled={props.readOnly}
        data={(groups.data ?? []).map((one) => ({
          value: one.schedule_group_id,
          label: one.name,
        }))}
        {...props.form.getInputProps("schedule_group_id")}
      />
      <ChoiceField {...props} name="at_closing" label={t.atClosing} words={t.atClosings} />
    </>
  );
}
