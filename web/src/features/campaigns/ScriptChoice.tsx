import { Button, Group, NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useText as useScriptText } from "@/features/scripts/messages";
import type { Script } from "@/features/scripts/types";
import { useScripts } from "@/features/scripts/useScripts";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useCampaignForm } from "./form-context";

/** Which script with pages the campaign uses, and the way there from its text. */
export function ScriptChoice({ campaignId }: { campaignId: string | null }) {
  const t = useScriptText().campaign;
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useCampaignForm();
  const scripts = useScripts();
  const [busy, setBusy] = useState(false);
  const published = (scripts.data ?? []).filter((one) => one.published_version !== null);
  const { script_id: chosen, script, name } = form.values;
  const convert = async () => {
    setBusy(true);
    try {
      const made = await api.post<Script>(`/campaigns/${campaignId}/script`, {
        name: t.convertName(name),
      });
      await client.invalidateQueries({ queryKey: ["scripts"] });
      await client.invalidateQueries({ queryKey: ["campaigns"] });
      toast.success(t.converted);
      await navigate({ to: "/scripts/$scriptId", params: { scriptId: made.script_id } });
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Group align="flex-end" mb="md">
      <NativeSelect
        label={t.label}
        description={t.hint}
        value={chosen ?? ""}
        error={form.errors.script_id}
        data={[
          { value: "", label: t.none },
          ...published.map((one) => ({ value: one.script_id, label: one.name })),
        ]}
        onChange={(event) => form.setFieldValue("script_id", event.currentTarget.value || null)}
      />
      {chosen !== null && (
        <TextLink to="/scripts/$scriptId" params={{ scriptId: chosen }}>
          {t.open}
        </TextLink>
      )}
      {chosen === null &&
        campaignId !== null &&
        script.trim() !== "" &&
        !form.isDirty("script") && (
          <Button variant="default" loading={busy} onClick={() => void convert()}>
            {t.convert}
          </Button>
        )}
    </Group>
  );
}
