import { Alert, Button, Group, Text } from "@mantine/core";
import { IconColumnInsertRight } from "@tabler/icons-react";
import type { Preview } from "@/api/types";
import { useText } from "./messages";
import { leftOut, takenAlong, titleOf, type Wizard } from "./wizard";

interface Props {
  wizard: Wizard;
  preview: Preview;
  onChange: (change: (wizard: Wizard) => Wizard) => void;
}

/** Says which columns of the file its template leaves out, and takes them along when asked. */
export function LeftOut({ wizard, preview, onChange }: Props) {
  const t = useText().prepare;
  const found = leftOut(wizard, preview);
  if (found.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconColumnInsertRight />} title={t.leftOut(found.length)}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={640} style={{ overflowWrap: "anywhere" }}>
          {t.leftOutText(found.map((one) => titleOf(one.source, t.unnamed)).join(", "))}
        </Text>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange((now) => takenAlong(now, found))}
        >
          {t.takeAlong}
        </Button>
      </Group>
    </Alert>
  );
}
