import { Button, Modal, Text } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import classes from "./Keypad.module.css";
import { useText } from "./messages";
import { useCommand } from "./useDesk";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** Sends tones to the other side; also from the keyboard. */
export function Keypad(props: { attemptId: string; open: boolean; onClose: () => void }) {
  const t = useText();
  const { run } = useCommand();
  const [sent, setSent] = useState("");
  const waiting = useRef("");
  const sending = useRef(false);

  // One request at a time, as two under way may overtake each other; what is pressed meanwhile goes
  // together with the next.
  async function send() {
    if (sending.current) return;
    sending.current = true;
    while (waiting.current !== "") {
      const digits = waiting.current;
      waiting.current = "";
      await run("digits", { attempt_id: props.attemptId, digits });
    }
    sending.current = false;
  }

  function press(digit: string) {
    setSent((before) => (before + digit).slice(-20));
    waiting.current += digit;
    void send();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // The upper row of a French keyboard gives digits only with Shift: its place counts.
    const place = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    const digit = /^[*#]$/.test(event.key) ? event.key : place;
    if (digit === undefined) return;
    event.preventDefault();
    press(digit);
  }

  return (
    <Modal
      opened={props.open}
      onClose={props.onClose}
      title={t.keypad.title}
      size={300}
      withOverlay={false}
      classNames={{ content: classes.pad }}
      trapFocus
      closeButtonProps={{ "aria-label": t.transfer.close }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside have the focus */}
      <div data-keypad onKeyDown={onKeyDown}>
        <Text className={classes.sent} aria-label={t.keypad.sent} role="status">
          {sent || "\u00a0"}
        </Text>
        <div className={classes.keys}>
          {KEYS.map((digit) => (
            <Button
              key={digit}
              variant="default"
              size="lg"
              aria-label={t.keypad.key(digit)}
              data-autofocus={digit === "5" || undefined}
              onClick={() => press(digit)}
            >
              {digit}
            </Button>
          ))}
        </div>
      </div>
    </Modal>
  );
}
