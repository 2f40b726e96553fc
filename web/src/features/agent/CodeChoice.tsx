import { Tooltip } from "@mantine/core";
import { useId } from "react";
import type { WrapUpCode, WrapUpFlag } from "@/api/types";
import { useFormats } from "@/shared/useFormats";
import classes from "./CodeChoice.module.css";
import { useText } from "./messages";

interface Props {
  codes: WrapUpCode[];
  value: string | null;
  problem: string | undefined;
  onChange: (codeId: string) => void;
}

const BY_WEIGHT: WrapUpFlag[] = [
  "do_not_call",
  "contact_uncallable",
  "number_uncallable",
  "callback",
  "success",
  "failure",
  "machine",
];

/** What choosing the code leads to: the weightiest of its flags, which says enough. */
function tellingFlags({ flags }: WrapUpCode): WrapUpFlag[] {
  return BY_WEIGHT.filter((flag) => flags.includes(flag)).slice(0, 1);
}

/** The campaign's codes; the first nine have a digit on the keyboard. */
export function CodeChoice({ codes, value, problem, onChange }: Props) {
  const t = useText().wrapUp;
  const { name } = useFormats();
  const id = useId();
  return (
    <fieldset className={classes.choice} aria-describedby={problem ? `${id}-problem` : undefined}>
      <legend className={classes.legend}>{t.code}</legend>
      {codes.map((code, index) => (
        <label key={code.wrap_up_code_id} className={classes.code}>
          <input
            type="radio"
            name={`${id}-code`}
            aria-invalid={problem !== undefined || undefined}
            checked={code.wrap_up_code_id === value}
            onChange={() => onChange(code.wrap_up_code_id)}
          />
          <kbd className={classes.digit} aria-hidden>
            {index < 9 ? index + 1 : ""}
          </kbd>
          <span className={classes.name}>{name(code)}</span>
          <span className={classes.flags}>
            {tellingFlags(code).map((flag) => (
              <Tooltip key={flag} label={t.flagHelp[flag]} multiline maw={240}>
                <span className={classes.flag} data-flag={flag}>
                  {t.flags[flag]}
                </span>
              </Tooltip>
            ))}
          </span>
        </label>
      ))}
      {problem && (
        <p className={classes.problem} id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
