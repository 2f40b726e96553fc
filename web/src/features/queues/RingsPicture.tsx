import type { QueuePlace, Ring } from "@/api/types";
import { useText } from "./messages";
import classes from "./Queues.module.css";
import { agentsByRing, openings } from "./routing-form";
import { useSkillChoices } from "./useRouting";

const SIZE = 240;
const INNER = 34;

/** The rings as circles around the call, with what each one adds beside them in words. */
export function RingsPicture({
  rings,
  members,
}: {
  rings: readonly Ring[];
  members: readonly QueuePlace[];
}) {
  const t = useText();
  const { nameOf } = useSkillChoices();
  const opens = openings(rings);
  const agents = agentsByRing(rings, members);
  const middle = SIZE / 2;
  const step = rings.length > 1 ? (middle - 4 - INNER) / (rings.length - 1) : 0;
  const radius = (index: number) => (rings.length > 1 ? INNER + step * index : middle * 0.6);
  const order = rings.map((_, index) => index).reverse();
  return (
    <div className={classes.picture}>
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="img"
        aria-label={t.rings.picture(rings.length)}
        className={classes.circles}
      >
        {order.map((index) => (
          <circle
            key={`ring ${index + 1}`}
            cx={middle}
            cy={middle}
            r={radius(index)}
            className={classes.circle}
          />
        ))}
        {rings.map((_, index) => (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: a ring is its number
            key={`count ${index + 1}`}
            x={middle}
            y={index === 0 ? middle + 5 : middle - radius(index) + Math.min(step / 2, 20) + 5}
            className={classes.count}
          >
            {agents[index]}
          </text>
        ))}
      </svg>
      <ol className={classes.legend}>
        {rings.map((ring, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a ring is its number
          <li key={`legend ${index + 1}`}>
            <b>{t.rings.ring(index + 1)}</b>{" "}
            {[
              index === 0 ? t.rings.first : t.rings.opens(`${opens[index]} s`),
              t.rings.agents(agents[index] ?? 0),
              ...(ring.drops.length > 0
                ? [t.rings.drops(ring.drops.map((key) => nameOf(key)).join(", "))]
                : []),
            ].join(" · ")}
          </li>
        ))}
      </ol>
    </div>
  );
}
