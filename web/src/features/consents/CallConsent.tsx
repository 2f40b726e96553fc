import { Button, Menu, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconChecklist } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

type Kind = "given" | "withdrawn";

/** What the person on the line says about being called, noted by the agent. */
export function CallConsent({ attemptId }: { attemptId: string }) {
  const t = useText().call;
  const [noting, setNoting] = useState<Kind | null>(null);
  return (
    <>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button mt="sm" size="xs" variant="default" leftSection={<IconChecklist size={16} />}>
            {t.menu}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setNoting("given")}>{t.given}</Menu.Item>
          <Menu.Item color="red" onClick={() => setNoting("withdrawn")}>
            {t.withdrawn}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {noting && <Note attemptId={attemptId} kind={noting} onClose={() => setNoting(null)} />}
    </>
  );
}

function Note(props: { attemptId: string; kind: Kind; onClose: () => void }) {
  const t = useText().call;
  const form = useForm({ initialValues: { proof: "" } });
  const given = props.kind === "given";
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.post("/agent/consents", {
      attempt_id: props.attemptId,
      kind: props.kind,
      purpose: given ? "prospecting" : "*",
      proof: values.proof.trim(),
    });
    toast.success(t.saved);
    props.onClose();
  });
  return (
    <FormModal
      open
      title={t.menu}
      action={t.save}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Text size="sm">{given ? t.given : t.withdrawn}</Text>
      <Textarea
        label={t.proof}
        data-autofocus
        autosize
        minRows={2}
        maxRows={6}
        {...form.getInputProps("proof")}
      />
    </FormModal>
  );
}
