import { Code, Stack, Text } from "@mantine/core";
import type { AuditEntry } from "@/api/types";
import { KeyValues } from "@/shared/KeyValues";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { summary } from "./summary";

/** One entry: who did what to which thing, and all that was recorded of it. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
  const t = useText();
  const formats = useFormats();
  return (
    <Stack gap="md">
      <KeyValues
        rows={[
          [t.when, formats.dateTime(entry.at)],
          [t.who, entry.actor?.display_name ?? t.system],
          [t.subject, t.subjects[entry.subject_kind as keyof typeof t.subjects]],
          [t.details, summary(entry.details)],
        ]}
      />
      <div>
        <Text size="sm" fw={600} mb={4}>
          {t.recorded}
        </Text>
        <Code block>{JSON.stringify(entry, null, 2)}</Code>
      </div>
    </Stack>
  );
}
