import { Button } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { usePermission } from "@/features/session/session";
import { useText } from "./messages";
import { TelephoneDialog } from "./TelephoneDialog";

/** Has these prompts recorded by somebody who calls. */
export function TelephoneButton({ language, keys }: { language: string; keys: string[] }) {
  const t = useText().telephone;
  const mayWrite = usePermission("prompts.write");
  // What is wanted when it is opened: the list behind it gets shorter while it is recorded.
  const [wanted, setWanted] = useState<string[] | null>(null);
  if (!mayWrite || (keys.length === 0 && wanted === null)) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPhone size={16} aria-hidden />}
        onClick={() => setWanted(keys)}
      >
        {t.action}
      </Button>
      {wanted && (
        <TelephoneDialog language={language} keys={wanted} onClose={() => setWanted(null)} />
      )}
    </>
  );
}
