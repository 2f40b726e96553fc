import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { Campaign } from "@/api/types";
import { BackLink } from "@/shared/BackLink";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { CampaignBadge } from "@/words/badges";
import { CampaignForm } from "./CampaignForm";
import { bodyOf, valuesOf } from "./campaign-form";
import { useText } from "./messages";
import { useOneCampaign } from "./useCampaignQueries";

export function EditCampaignPage() {
  const t = useText();
  const shared = useSharedText();
  const { campaignId } = useParams({ from: "/campaigns/$campaignId/edit" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const campaign = useOneCampaign(campaignId);
  // The version that the person began to edit; a newer one must not take its place unseen.
  const [base, setBase] = useState<Campaign | null>(null);
  if (campaign.isPending) return <Loading />;
  if (campaign.data === undefined) {
    return <LoadError error={campaign.error} onRetry={() => void campaign.refetch()} />;
  }
  if (base === null) {
    setBase(campaign.data);
    return <Loading />;
  }
  const back = () => navigate({ to: "/campaigns/$campaignId", params: { campaignId } });
  return (
    <>
      <PageHeader
        title={t.form.editTitle(base.name)}
        above={
          <BackLink to="/campaigns/$campaignId" params={{ campaignId }}>
            {base.name}
          </BackLink>
        }
        beside={<CampaignBadge state={campaign.data.state} reason={campaign.data.state_reason} />}
      />
      <CampaignForm
        key={base.version}
        initial={valuesOf(base)}
        state={campaign.data.state}
        campaignId={campaignId}
        action={shared.save}
        onCancel={() => void back()}
        onReload={() => void campaign.refetch().then(({ data }) => data && setBase(data))}
        onSend={async (values) => {
          await api.patch(`/campaigns/${campaignId}`, {
            ...bodyOf(values),
            version: base.version,
          });
          await client.invalidateQueries({ queryKey: ["campaigns"] });
          toast.success(t.form.saved);
          await back();
        }}
      />
    </>
  );
}
