import { Tabs } from "@mantine/core";
import { PageHeader } from "@/shared/PageHeader";
import { LanguagesPanel } from "./LanguagesPanel";
import { LibraryPanel } from "./LibraryPanel";
import { MissingPanel } from "./MissingPanel";
import { useText } from "./messages";
import { ReviewsPanel } from "./ReviewsPanel";

const PARTS = [
  ["library", LibraryPanel],
  ["missing", MissingPanel],
  ["review", ReviewsPanel],
  ["languages", LanguagesPanel],
] as const;

/** What callers hear, in which language, and what waits to be heard. */
export function PromptsPage() {
  const t = useText();
  return (
    <>
      <PageHeader title={t.title} text={t.text} />
      <Tabs defaultValue="library" keepMounted={false}>
        <Tabs.List mb="md">
          {PARTS.map(([name]) => (
            <Tabs.Tab key={name} value={name}>
              {t.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PARTS.map(([name, Part]) => (
          <Tabs.Panel key={name} value={name}>
            <Part />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
