import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { Campaign } from "@/api/types";
import { BackLink } from "@/shared/BackLink";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { CampaignForm } from "./CampaignForm";
import { bodyOf, NEW_CAMPAIGN, valuesOf } from "./campaign-form";
import { useText } from "./messages";
import { useOneCampaign } from "./useCampaignQueries";

/** A new campaign, empty or with the settings of another one. */
export function NewCampaignPage() {
  const t = useText();
  const shared = useSharedText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { copy } = useSearch({ from: "/campaigns/new" });
  const original = useOneCampaign(copy ?? null);
  if (copy !== undefined && original.isPending) return <Loading />;
  if (copy !== undefined && original.isError) {
    return <LoadError error={original.error} onRetry={() => void original.refetch()} />;
  }
  const initial = original.data
    ? { ...valuesOf(original.data), name: t.form.copyName(original.data.name) }
    : NEW_CAMPAIGN;
  return (
    <>
      <PageHeader
        title={original.data ? t.form.copyTitle(original.data.name) : t.form.newTitle}
        above={<BackLink to="/campaigns">{t.title}</BackLink>}
      />
      <CampaignForm
        initial={initial}
        action={shared.create}
        onCancel={() => void navigate({ to: "/campaigns" })}
        onSend={async (values) => {
          const made = await api.post<Campaign>("/campaigns", bodyOf(values));
          await client.invalidateQueries({ queryKey: ["campaigns"] });
          toast.success(t.form.made);
          await navigate({
            to: "/campaigns/$campaignId",
            params: { campaignId: made.campaign_id },
          });
        }}
      />
    </>
  );
}
