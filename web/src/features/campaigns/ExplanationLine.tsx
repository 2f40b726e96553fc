import { Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import type { Explanation } from "@/api/types";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import classes from "./Explanation.module.css";
import { OUTLOOK_TONES, outlookOf } from "./explanation";
import { useText } from "./messages";

/** The reason in short and the next moment, beside a contact; opens the checks. */
export function ExplanationLine(props: {
  explanation: Explanation;
  name: string;
  onOpen: () => void;
}) {
  const t = useText().explain;
  const words = useWords();
  const formats = useFormats();
  const { explanation } = props;
  const outlook = outlookOf(explanation);
  const code = explanation.code as keyof typeof words.checks;
  return (
    <UnstyledButton
      className={classes.line}
      onClick={(event) => {
        event.stopPropagation();
        props.onOpen();
      }}
    >
      <span>
        <StatusBadge tone={OUTLOOK_TONES[outlook]}>{words.checks[code] ?? code}</StatusBadge>
        {outlook !== "now" && (
          <Text component="span" size="xs" c="dimmed" display="block" mt={2}>
            {outlook === "at" && explanation.next_attempt_at
              ? t.at(formats.dateTime(explanation.next_attempt_at))
              : outlook === "never"
                ? t.never
                : t.waiting}
          </Text>
        )}
      </span>
      <VisuallyHidden>{t.open(props.name)}</VisuallyHidden>
      <IconChevronRight size={16} stroke={1.8} aria-hidden className={classes.chevron} />
    </UnstyledButton>
  );
}
