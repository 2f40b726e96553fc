import type { Like } from "@/i18n/messages";
import { pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const modes = {
  progressive: "progressive mode",
  power: "power mode",
  predictive: "predictive mode",
};

const en: Like<typeof fr> = {
  title: "Simulate",
  text: "Kwabo plays the day in fast motion with what the campaign has learnt: its ringing, answers and conversations, and its list. Nothing is dialled.",
  kinds: { tomorrow: "Tomorrow", replay: "Play a day again" },
  form: {
    kind: "What is simulated",
    agents: "Agents",
    lines: "Lines",
    linesHelp: "Calls at once. The trunk’s lines hold.",
    agentsHelp: (n) => `The queue has ${n}.`,
    from: "From",
    until: "Until",
    mode: "Mode",
    ratio: "Calls per available agent",
    target: "Abandon target",
    ceiling: "Most calls per agent",
    runs: "Days simulated",
    runsHelp: "The more there are, the surer the result, and the longer it takes.",
    day: "Day",
    dayHelp: "A day on which the campaign called, and which is over.",
    other: "In another mode than on that day",
    otherHelp: "Otherwise the day is played as it was: the same numbers must come out.",
    start: "Start the simulation",
    startReplay: "Play this day again",
    order: "The end must come after the beginning.",
    notYours: "You can see simulations; to start one takes the right to set up campaigns.",
  },
  preview: "In preview mode the agents decide when to call: choose another mode to simulate.",
  list: {
    title: "Simulations",
    empty: "No simulations yet.",
    cancel: "Cancel",
    delete: "Delete",
    deleteTitle: "Delete this simulation?",
    deleteText: "Its result is lost. The campaign and its calls do not change.",
    deleted: "The simulation is deleted.",
    agents: (n) => `${n} ${pluralEn(n, "agent", "agents")}`,
    replayed: (day) => `${day} played again`,
    asRecorded: "as it was",
  },
  states: {
    waiting: "Waiting",
    running: "Running",
    complete: "Complete",
    failed: "Failed",
    cancelled: "Cancelled",
  },
  progress: {
    waiting: "The simulation waits for its turn.",
    running: (done) => `Computing: ${done}.`,
    cancelled: "The simulation was cancelled before its end.",
    failed: "The simulation did not succeed",
    noReason: "The reason is not known.",
    choose: "Start a simulation, or choose one from the list.",
  },
  result: {
    title: "Result",
    basis: (calls, conversations, contacts) =>
      `Learnt from ${calls} calls and ${conversations} conversations; ${contacts} contacts to call.`,
    otherHours: (ours, theirs) =>
      `The simulated day calls ${ours}, that of the present settings ${theirs}; numbers are those of the whole of each.`,
    hours: (from, until) => `from ${from} to ${until}`,
    hoursOn: (day, hours) => `on ${day} ${hours}`,
    leftOut: {
      rule_sets:
        "The campaign’s rule sets are not played: contacts that they would hold back are called here.",
      fraud_guard: "The caps on calls and spending are not played.",
      order:
        "The campaign’s order is not filled yet: contacts are called in the order of the list.",
      flow: "The flow is not played: whoever answers stays as long as in the calls of before, and whoever asks for an agent is not simulated.",
    },
    modes,
    headlineOfLines: (told) => {
      const end =
        told.endsAfter === null
          ? "the list does not end on that day"
          : `the list ends after ${told.endsAfter} minutes`;
      const now =
        told.presentEndsAfter === null
          ? "with the present settings it does not"
          : `${told.presentEndsAfter} minutes with the present settings`;
      return `With ${told.lines} lines: ${told.dialled} calls, ${told.answered} people reached, ${told.used} lines busy on average; ${end} (${now}).`;
    },
    headline: (told) => {
      const who =
        told.agents === 0
          ? "In"
          : `With ${told.agentsText} ${pluralEn(told.agents, "agent", "agents")} in`;
      const talk = {
        more: `${told.change} more conversations (${told.asked} instead of ${told.present})`,
        fewer: `${told.change} fewer conversations (${told.asked} instead of ${told.present})`,
        same: `no clear difference in conversations (${told.asked}, ${told.present} with the present settings)`,
      }[told.talk];
      return `${who} ${modes[told.mode]}: ${talk}, agents talking ${told.utilisation} of the time instead of ${told.presentUtilisation}, abandon ${told.rate} with a target of ${told.target}.`;
    },
    over: "Abandons would pass the target: lower the ratio, choose a more careful mode, or add agents.",
    mayPass: "On some of the simulated days abandons pass the target.",
    comparison: "Comparison",
    comparisonText:
      "The same day, with the settings chosen and with those of the campaign (its hours, its mode, the agents of its queue). Below each number, between what nine of ten simulated days lie.",
    metric: "Measure",
    asked: "Simulated",
    present: "Present settings",
    difference: "Difference",
    unclear: "not clear",
    points: (n) => `${n} pt`,
    metrics: {
      dialled: "Calls started",
      answered: "Answers by people",
      conversations: "Conversations",
      abandoned: "Abandons",
      abandon_rate: "Abandon rate",
      abandon_rate_of_all: "Abandons of all calls",
      utilisation: "Time talking",
      wait_p50: "Wait, half at most",
      wait_p95: "Wait, 95% at most",
      calls_per_agent_hour: "Calls per agent and hour",
      finished: "Contacts finished",
      lines_used: "Busy lines, on average",
      list_end_seconds: "List ends after",
    },
    agents: "Agents over the day",
    talking: "Talking",
    ready: "Available",
    afterCall: "After call",
    agentsSummary: (talking, ready) =>
      `On average ${talking} agents talking and ${ready} available.`,
    inAir: "Calls in the air",
    inAirSummary: (mean) => `On average ${mean} calls in the air.`,
    rate: "Abandon rate over the day",
    rateLine: "Abandon rate",
    target: "Abandon target",
    rateSummary: (rate, target) => `Abandon rate of the day ${rate}, target ${target}.`,
    bands: "The line is the mean; nine of ten simulated days lie within the band.",
    time: "Time",
    waits: "Wait for the agent",
    waitsText: "From the answer until the agent, all simulated days together.",
    between: (low, high) => `${low} to ${high} s`,
    below: (high) => `less than ${high} s`,
    above: (low) => `${low} s and more`,
    noWaits: "Nobody answered during the simulated days.",
  },
  replay: {
    exact: "Played again, the day gives exactly the same numbers.",
    notExact: "Played again, the day does not give the same numbers.",
    notExactText: "The lines where they differ are marked.",
    changed: (names) => `Played with other settings: ${names}.`,
    title: "Recorded and played again",
    result: "Result",
    recorded: "Recorded",
    replayed: "Played again",
    difference: "Difference",
    live: "of these answered by people",
    conversations: "of these conversations",
    abandoned: "of these abandoned",
    all: "All calls",
    settings: {
      agents: "agents",
      from: "beginning",
      until: "end",
      mode: "mode",
      calls_per_agent: "calls per agent",
      calls_per_agent_ceiling: "most calls per agent",
      abandon_target: "abandon target",
    },
  },
};

export default en;
