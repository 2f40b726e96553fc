import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { Preset } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { TextLink } from "@/shared/TextLink";
import { useText } from "./messages";
import { demandsUnnamedKey } from "./opt-out";
import { useCompliance } from "./useCompliance";

/** Says that abandoned people would not hear which key the law followed wants them to be offered. */
export function MessageWarning({ preset }: { preset: Preset | undefined }) {
  return usePermission("settings.read") ? <Warning preset={preset} /> : null;
}

function Warning({ preset }: { preset: Preset | undefined }) {
  const t = useText().section;
  const settings = useCompliance().data;
  if (settings === undefined || !demandsUnnamedKey(preset, settings)) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle />}>
      {t.keyNotNamed(settings.opt_out_key)}{" "}
      <TextLink to="/settings/compliance">{t.nameKey}</TextLink>
    </Alert>
  );
}
