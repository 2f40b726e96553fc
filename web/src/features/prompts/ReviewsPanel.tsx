import { Stack, Text } from "@mantine/core";
import { Panel } from "@/shared/Panel";
import { Loaded } from "./Loaded";
import { useText } from "./messages";
import { TelephonePanel } from "./TelephonePanel";
import { useLanguageName, useLanguages, useReviews } from "./usePrompts";
import { VariantLine } from "./VariantLine";

/** What waits for an approver. */
export function ReviewsPanel() {
  const t = useText();
  const reviews = useReviews();
  const languages = useLanguages();
  const nameOf = useLanguageName();
  const named = (code: string) => {
    const known = languages.data?.items.find((one) => one.language === code);
    return known ? nameOf(known) : code;
  };
  return (
    <Stack>
      <Panel title={t.review} text={t.reviewText}>
        <Loaded query={reviews}>
          {(rows) =>
            rows.length === 0 ? (
              <Text c="dimmed">{t.nothingToReview}</Text>
            ) : (
              rows.map((row) => (
                <VariantLine
                  key={row.variant.variant_id}
                  variant={row.variant}
                  title={`${row.name} · ${named(row.variant.language)} · ${t.media[row.variant.medium]}`}
                />
              ))
            )
          }
        </Loaded>
      </Panel>
      <TelephonePanel />
    </Stack>
  );
}
