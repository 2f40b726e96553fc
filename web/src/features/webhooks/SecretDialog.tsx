import { Modal } from "@mantine/core";
import { useText as useSharedText } from "@/shared/messages";
import { SecretOnce } from "@/shared/SecretOnce";
import { useText } from "./messages";

/** Shows a new secret, this once. */
export function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const t = useText();
  const shared = useSharedText();
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      size="lg"
      title={t.secretTitle}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      {secret && <SecretOnce title={t.secretTitle} text={t.secretOnce} secret={secret} />}
    </Modal>
  );
}
