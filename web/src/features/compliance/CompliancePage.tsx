import { Alert, Stack } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { usePermission } from "@/features/session/session";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PartHeader } from "../settings/PartHeader";
import { CapsPanel } from "./CapsPanel";
import { GuardPanel } from "./GuardPanel";
import { MessagePanel } from "./MessagePanel";
import { MoneyPanel } from "./MoneyPanel";
import { useText } from "./messages";
import { PresetPanel } from "./PresetPanel";
import { useCompliance, usePresets } from "./useCompliance";

/** Law and guard of the organisation. */
export function CompliancePage() {
  const t = useText();
  const mayWrite = usePermission("settings.write");
  const settings = useCompliance();
  const presets = usePresets();
  const broken = settings.error ?? presets.error;
  return (
    <>
      <PartHeader title={t.title} text={t.text} />
      {broken && !settings.data ? (
        <LoadError
          error={broken}
          onRetry={() => {
            void settings.refetch();
            void presets.refetch();
          }}
        />
      ) : settings.data === undefined || presets.data === undefined ? (
        <Loading />
      ) : (
        <Stack>
          {!mayWrite && <Alert icon={<IconLock />}>{t.readOnly}</Alert>}
          <PresetPanel settings={settings.data} presets={presets.data} mayWrite={mayWrite} />
          <MessagePanel
            key={`message-${settings.data.version}`}
            settings={settings.data}
            presets={presets.data}
            mayWrite={mayWrite}
          />
          <GuardPanel
            key={`guard-${settings.data.version}`}
            settings={settings.data}
            mayWrite={mayWrite}
          />
          <CapsPanel
            key={`caps-${settings.data.version}`}
            settings={settings.data}
            mayWrite={mayWrite}
          />
          <MoneyPanel
            key={`money-${settings.data.version}`}
            settings={settings.data}
            mayWrite={mayWrite}
          />
        </Stack>
      )}
    </>
  );
}
