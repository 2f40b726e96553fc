import { Alert, Button, Group, Text, TextInput } from "@mantine/core";
import { IconCheck, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { DncListing, DncListings } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { KeyValues } from "@/shared/KeyValues";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { reasonOf } from "./reasons";

/** Why a number, or a column's value, is listed: where, since when, by whom, until when. */
export function WhyListed() {
  const t = useText().why;
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const found = useQuery({
    queryKey: ["dnc-lists", "listings", asked],
    queryFn: ({ signal }) =>
      api.get<DncListings>("/dnc-listings", { query: { value: asked }, signal }),
    enabled: asked !== "",
  });
  return (
    <Panel title={t.title} text={t.text}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(text.trim());
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t.value}
            value={text}
            style={{ flex: "1 1 14rem", maxWidth: "26rem" }}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<IconSearch size={16} />}
            loading={found.isFetching}
            disabled={text.trim() === ""}
          >
            {t.ask}
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && found.data.items.length === 0 && (
          <Alert mt="md" color="green" icon={<IconCheck />}>
            {t.nowhere(shown(found.data, asked))}
          </Alert>
        )}
        {found.data?.items.map((one) => (
          <Listing key={`${one.dnc_list_id} ${one.value}`} listing={one} />
        ))}
      </div>
    </Panel>
  );
}

function shown(found: DncListings, asked: string): string {
  return found.number === null ? asked : formatNumber(found.number);
}

function Listing({ listing }: { listing: DncListing }) {
  const t = useText();
  const formats = useFormats();
  const ended = listing.expires_at !== null && Date.parse(listing.expires_at) <= Date.now();
  const value = listing.key_column === null ? formatNumber(listing.value) : listing.value;
  return (
    <div style={{ marginTop: 16 }}>
      <Text fw={600}>
        {t.why.on(value)}{" "}
        <TextLink to="/dnc-lists/$dncListId" params={{ dncListId: listing.dnc_list_id }}>
          {listing.name}
        </TextLink>
      </Text>
      <KeyValues
        rows={[
          [t.why.since, formats.dateTime(listing.created_at)],
          [
            t.why.until,
            listing.expires_at === null
              ? t.forever
              : `${formats.dateTime(listing.expires_at)}${ended ? ` (${t.expired})` : ""}`,
          ],
          [
            t.why.by,
            listing.user_name ?? t.sources[listing.source as keyof typeof t.sources] ?? "–",
          ],
          [t.reason, reasonOf(listing.reason, t)],
          [t.campaigns, listing.organisation_wide ? t.everyCampaign : listing.campaigns.join(", ")],
          [t.form.channel, t.channels[listing.channel]],
        ]}
      />
    </div>
  );
}
