import { Alert } from "@mantine/core";
import { IconAlertTriangle, IconShieldCheck } from "@tabler/icons-react";
import type { DncList } from "@/api/types";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

/** How old the content of an authority's list is, and until when it counts. */
export function ScreeningNote({ list }: { list: DncList }) {
  const t = useText().screening;
  const formats = useFormats();
  const good = list.screening === "current";
  const late = list.screening === "never" || list.screening === "out_of_date";
  return (
    <Alert
      mb="md"
      color={good ? "green" : late ? "red" : "orange"}
      icon={good ? <IconShieldCheck /> : <IconAlertTriangle />}
      title={list.screening_authority ?? ""}
    >
      {list.screened_at === null
        ? t.noCopy
        : t.copyOf(
            formats.dateTime(list.screened_at),
            list.screening_due_at ? formats.dateTime(list.screening_due_at) : null,
          )}{" "}
      {late && list.screened_at !== null && t.tooOld}
    </Alert>
  );
}
