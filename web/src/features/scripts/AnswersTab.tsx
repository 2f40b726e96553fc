import { Box, Button } from "@mantine/core";
import { IconDownload, IconListDetails } from "@tabler/icons-react";
import { apiUrl } from "@/api/client";
import { useText as useOutcomeText } from "@/features/outcomes/messages";
import { formatNumber } from "@/formats/phone";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import classes from "./Editor.module.css";
import { useText } from "./messages";
import type { AnsweredCall } from "./types";

/** What agents have answered in the campaign's script. */
export function AnswersTab({ campaignId }: { campaignId: string }) {
  const t = useText();
  const outcomes = useOutcomeText();
  const formats = useFormats();
  const path = `/campaigns/${campaignId}/script-answers`;
  const list = useKeysetList<AnsweredCall>(["script-answers", campaignId], path);
  return (
    <Panel
      title={t.answers.title}
      text={t.answers.text}
      actions={
        <Button
          component="a"
          href={apiUrl(`${path}.csv`)}
          download
          variant="default"
          leftSection={<IconDownload size={17} />}
        >
          {t.answers.export}
        </Button>
      }
    >
      <DataTable
        label={t.answers.title}
        list={list}
        rowKey={(row) => row.attempt_id}
        empty={
          <EmptyState
            icon={IconListDetails}
            title={t.answers.none.title}
            text={t.answers.none.text}
          />
        }
        columns={[
          {
            key: "at",
            header: t.answers.at,
            render: (row) => (
              <>
                {row.at ? formats.dateTime(row.at) : "—"}
                <Box hiddenFrom="sm" mt={4}>
                  <Given answers={row.answers} />
                </Box>
              </>
            ),
          },
          { key: "number", header: t.answers.number, render: (row) => formatNumber(row.number) },
          { key: "agent", header: t.answers.agent, render: (row) => row.agent ?? "—" },
          {
            key: "code",
            header: t.answers.code,
            render: (row) =>
              (row.wrap_up && (outcomes.systemNames[row.wrap_up] ?? row.wrap_up)) || "—",
          },
          {
            key: "given",
            header: t.answers.given,
            wide: true,
            render: (row) => <Given answers={row.answers} />,
          },
        ]}
      />
    </Panel>
  );
}

function Given({ answers }: { answers: AnsweredCall["answers"] }) {
  const t = useText();
  const word = (value: string) => (value === "yes" ? t.run.yes : value === "no" ? t.run.no : value);
  return (
    <dl className={classes.given}>
      {answers.map((one) => (
        <div key={one.field}>
          <dt>{one.label}</dt>
          <dd>{word(one.value)}</dd>
        </div>
      ))}
    </dl>
  );
}
