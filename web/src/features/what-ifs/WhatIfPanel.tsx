import { Alert, Button, Progress, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertCircle, IconPlayerStop, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { WhatIf } from "@/api/types";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { Headline } from "./Headline";
import { useText } from "./messages";
import { Exactness, ReplayTable } from "./Replay";
import { TomorrowView } from "./TomorrowView";
import { isUnderWay, useWhatIf, useWhatIfCommands, wholePercent } from "./useWhatIfs";
import { hoursOf, useNameOf } from "./WhatIfList";

/** One what-if: how far it is, or what came of it. */
export function WhatIfPanel({ listed, mayWrite }: { listed: WhatIf; mayWrite: boolean }) {
  const nameOf = useNameOf();
  const whatIf = useWhatIf(listed);
  return (
    <>
      <Panel
        title={nameOf(whatIf)}
        text={hoursOf(whatIf)}
        actions={mayWrite && <Actions whatIf={whatIf} />}
      >
        <Course whatIf={whatIf} />
      </Panel>
      {whatIf.kind === "tomorrow" && whatIf.result && (
        <TomorrowView settings={whatIf.settings} result={whatIf.result} />
      )}
      {whatIf.kind === "replay" && whatIf.result && <ReplayTable result={whatIf.result} />}
    </>
  );
}

function Course({ whatIf }: { whatIf: WhatIf }) {
  const t = useText().progress;
  const formats = useFormats();
  if (whatIf.kind === "tomorrow" && whatIf.result) {
    return <Headline settings={whatIf.settings} result={whatIf.result} />;
  }
  if (whatIf.kind === "replay" && whatIf.result) return <Exactness result={whatIf.result} />;
  if (whatIf.state === "failed") {
    return (
      <Alert
        color="red"
        icon={<IconAlertCircle />}
        title={t.failed}
        role="alert"
        styles={{ title: { color: "inherit" } }}
      >
        {whatIf.error ?? t.noReason}
      </Alert>
    );
  }
  if (!isUnderWay(whatIf)) return <Text c="dimmed">{t.cancelled}</Text>;
  const said =
    whatIf.state === "waiting" ? t.waiting : t.running(formats.rate(wholePercent(whatIf.progress)));
  return (
    <Stack gap={8}>
      <Text size="sm" role="status">
        {said}
      </Text>
      <Progress
        size="lg"
        radius="xl"
        animated={whatIf.state === "running"}
        value={whatIf.progress * 100}
        aria-label={said}
      />
    </Stack>
  );
}

function Actions({ whatIf }: { whatIf: WhatIf }) {
  const t = useText().list;
  const { cancel, remove } = useWhatIfCommands(whatIf.campaign_id);
  const [busy, setBusy] = useState(false);
  const [deleting, { open: askDelete, close: noDelete }] = useDisclosure(false);
  async function pressCancel() {
    setBusy(true);
    try {
      await cancel(whatIf.what_if_id);
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  }
  if (isUnderWay(whatIf)) {
    return (
      <Button
        size="xs"
        variant="light"
        color="red"
        loading={busy}
        leftSection={<IconPlayerStop size={15} />}
        onClick={() => void pressCancel()}
      >
        {t.cancel}
      </Button>
    );
  }
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconTrash size={15} />} onClick={askDelete}>
        {t.delete}
      </Button>
      <ConfirmDialog
        open={deleting}
        danger
        title={t.deleteTitle}
        action={t.delete}
        onClose={noDelete}
        onConfirm={async () => {
          await remove(whatIf.what_if_id);
          toast.success(t.deleted);
        }}
      >
        {t.deleteText}
      </ConfirmDialog>
    </>
  );
}
