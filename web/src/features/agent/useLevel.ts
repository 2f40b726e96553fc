import { useEffect, useState } from "react";

/** How loud a stream is, 0–1, ten times a second. */
export function useLevel(stream: MediaStream | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (stream === null) {
      setLevel(0);
      return;
    }
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    // Without a click on the page yet, browsers hold the context back until there is one.
    const resume = () => void context.resume();
    resume();
    window.addEventListener("pointerdown", resume);
    window.addEventListener("keydown", resume);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      let squares = 0;
      for (const sample of samples) squares += sample * sample;
      const decibels = 10 * Math.log10(squares / samples.length + 1e-10);
      // Silence of a room lies near -60 dB, speech near the microphone near -20 dB.
      setLevel(Math.min(1, Math.max(0, (decibels + 60) / 45)));
    }, 100);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pointerdown", resume);
      window.removeEventListener("keydown", resume);
      void context.close();
    };
  }, [stream]);
  return level;
}
