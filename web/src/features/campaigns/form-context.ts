import { createFormContext } from "@mantine/form";
import type { CampaignValues } from "./campaign-form";

/** The campaign form, for its sections. */
export const [CampaignFormProvider, useCampaignForm, useCreateCampaignForm] =
  createFormContext<CampaignValues>();
