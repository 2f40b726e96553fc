import { Table } from "@mantine/core";
import type { Preset, PresetValue } from "@/api/types";
import { useLanguage } from "@/i18n/language";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import classes from "./Compliance.module.css";
import { useText } from "./messages";
import { nameOf, wordsOf } from "./preset-words";

/** What a preset demands, each value with its source. */
export function PresetTable({ preset }: { preset: Preset }) {
  const t = useText();
  const language = useLanguage();
  const formats = useFormats();
  if (preset.values.length === 0) return <p className={classes.quiet}>{t.preset.nothing}</p>;
  return (
    <>
      <p className={classes.quiet}>{t.preset.shown(preset.version)}</p>
      <div className={classes.frame}>
        <Table className={classes.table} verticalSpacing="xs">
          <caption className={classes.caption}>{preset.names[language]}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t.preset.demand}</Table.Th>
              <Table.Th scope="col">{t.preset.value}</Table.Th>
              <Table.Th scope="col">{t.preset.source}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preset.values.map((one) => (
              <Table.Tr key={one.name}>
                <Table.Th scope="row" className={classes.name}>
                  {nameOf(one, t)}
                </Table.Th>
                <Table.Td>
                  <b className={classes.value}>{wordsOf(one, t, formats)}</b>
                  <div className={classes.marks}>
                    <StatusBadge tone={one.kept_by === "program" ? "good" : "warn"}>
                      {t.preset.keptBy[one.kept_by]}
                    </StatusBadge>
                    <StatusBadge tone={one.basis === "law" ? "info" : "quiet"}>
                      {t.preset.basis[one.basis]}
                    </StatusBadge>
                  </div>
                </Table.Td>
                <Table.Td className={classes.source}>
                  <SourceText value={one} />{" "}
                  <small>({t.preset.read(formats.date(`${one.read}T12:00:00Z`))})</small>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}

function SourceText({ value }: { value: PresetValue }) {
  const french = useLanguage() === "fr" && value.source_fr !== "";
  return <span lang={french ? "fr" : "en"}>{french ? value.source_fr : value.source}</span>;
}
