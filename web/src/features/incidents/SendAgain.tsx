import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { formatNumber } from "@/formats/phone";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import type { KeptMessage } from "./types";

/** Sends one message that failed again. */
export function SendAgain({ message }: { message: KeptMessage }) {
  const t = useText();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => api.post(`/messages/${message.message_id}/send-again`, {}),
    onSuccess: () => toast.success(t.sentAgain),
    onError: toast.error,
    onSettled: () => client.invalidateQueries({ queryKey: ["messages"] }),
  });
  return (
    <Button
      size="xs"
      variant="default"
      loading={again.isPending}
      aria-label={t.sendAgainTo(formatNumber(message.recipient))}
      onClick={() => again.mutate()}
    >
      {t.sendAgain}
    </Button>
  );
}
