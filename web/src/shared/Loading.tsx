import { Center, Loader } from "@mantine/core";
import { useText } from "./messages";

export function Loading() {
  const t = useText();
  return (
    <Center mih={220} role="status" aria-label={t.loading}>
      <Loader type="dots" />
    </Center>
  );
}
