/** The tone before a conversation. Made here, so that nothing has to be fetched. */

let context: AudioContext | null = null;

/** From a click: browsers let pages sound only then. */
export function unlockSounds(): void {
  context ??= new AudioContext();
  void context.resume();
}

/** One soft low note, twice: a promise is about to fall due. */
export function playReminder(): void {
  notes([523, 523]);
}

/** Two short rising notes: soft enough for eight hours, clear enough to be heard. */
export function playArrival(): void {
  notes([587, 880]);
}

/** Two low notes and two high ones, for as long as the desk rings. */
export function playRing(): void {
  notes([440, 554, 440, 554]);
}

/** Whether the browser lets this page sound. */
export function soundsPlay(): boolean {
  return context !== null && context.state === "running";
}

function notes(frequencies: readonly number[]): void {
  if (context === null || context.state !== "running") return;
  for (const [index, frequency] of frequencies.entries()) {
    const begin = context.currentTime + index * 0.16;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, begin);
    volume.gain.exponentialRampToValueAtTime(0.16, begin + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.26);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + 0.28);
  }
}
