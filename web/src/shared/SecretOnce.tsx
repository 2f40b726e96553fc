import { Alert, Button, Code, CopyButton, Group } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useText } from "./messages";

/** A secret that is shown this once: a password that was set, a token that was made. */
export function SecretOnce({
  title,
  text,
  secret,
}: {
  title: string;
  text: string;
  secret: string;
}) {
  const t = useText();
  return (
    <Alert color="green" icon={<IconKey />} title={title}>
      {text}
      <Group mt="sm" gap="sm">
        <Code fz="md" px="sm" py={6} style={{ overflowWrap: "anywhere", userSelect: "all" }}>
          {secret}
        </Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              onClick={copy}
            >
              {copied ? t.copied : t.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
