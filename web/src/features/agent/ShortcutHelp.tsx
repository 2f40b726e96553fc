import { Kbd, Modal } from "@mantine/core";
import { useText } from "./messages";
import classes from "./ShortcutHelp.module.css";

/** All keys of the desktop. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText().shortcuts;
  const groups: [string, [string[], string][]][] = [
    [
      t.always,
      [
        [["Alt", "R"], t.ready],
        [["Alt", "P"], t.pause],
        [["Alt", "G"], t.fetch],
        [["?"], t.help],
      ],
    ],
    [
      t.ringing,
      [
        [[t.enter], t.take],
        [[t.escape], t.refuse],
      ],
    ],
    [
      t.duringCall,
      [
        [["Alt", "M"], t.mute],
        [["Alt", "H"], t.hold],
        [["Alt", "K"], t.keypad],
        [["Alt", "T"], t.transfer],
        [["Alt", "X"], t.hangUp],
        [["Alt", "J"], t.script],
        [["Alt", "N"], t.scriptNext],
        [["Alt", "B"], t.scriptBack],
      ],
    ],
    [
      t.preview,
      [
        [["Alt", "C"], t.call],
        [["Alt", "S"], t.skip],
      ],
    ],
    [
      t.afterwards,
      [
        [["Alt", "W"], t.wrapUp],
        [["1", "…", "9"], t.code],
        [["Alt", "1…9"], t.codeTyping],
        [["Ctrl", "Enter"], t.saveNext],
        [["Ctrl", t.shift, "Enter"], t.savePause],
      ],
    ],
  ];
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={t.title}
      size="xl"
      closeButtonProps={{ "aria-label": t.close }}
    >
      <div className={classes.groups}>
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([names, meaning]) => (
                <div key={meaning}>
                  <dt>
                    {names.map((name) => (
                      <Kbd key={name}>{name}</Kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
