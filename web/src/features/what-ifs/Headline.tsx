import { Alert, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { TomorrowResult, WhatIfSettings } from "@/api/types";
import { useFormats } from "@/shared/useFormats";
import { abandonLevel, otherHours, toldOf, toldOfLines } from "./headline-of";
import { useText } from "./messages";

/** The simulated day in a sentence, what it rests on, and whether it keeps the abandon limit. */
export function Headline(props: { settings: WhatIfSettings; result: TomorrowResult }) {
  const t = useText().result;
  const formats = useFormats();
  const { settings, result } = props;
  const { basis } = result;
  const agentless = settings.mode === "agentless";
  const level = abandonLevel(settings, result);
  const hours = otherHours(basis, result.present, t, (day) => formats.date(day, "UTC"));
  return (
    <Stack gap="sm">
      <Text fw={560}>
        {agentless
          ? t.headlineOfLines(toldOfLines(settings, result, formats))
          : t.headline(toldOf(settings, result, formats))}
      </Text>
      {hours !== null && <Text size="sm">{t.otherHours(...hours)}</Text>}
      {!agentless && level !== "within" && (
        <Alert color={level === "over" ? "red" : "yellow"} icon={<IconAlertTriangle />}>
          {level === "over" ? t.over : t.mayPass}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t.basis(
          formats.count(basis.calls_learnt_from),
          formats.count(basis.conversations_learnt_from),
          formats.count(basis.contacts),
        )}
      </Text>
      {basis.left_out?.map((what) => (
        <Text key={what} size="sm" c="dimmed">
          {t.leftOut[what]}
        </Text>
      ))}
    </Stack>
  );
}
