/** The microphone: a level while it listens, and takes from start to stop. */

import { useCallback, useEffect, useRef, useState } from "react";
import { asWav } from "./wav";

interface Open {
  stream: MediaStream;
  context: AudioContext;
  analyser: AnalyserNode;
}

export function useMicrophone() {
  const [recording, setRecording] = useState(false);
  const [level, setLevel] = useState(0);
  const [refused, setRefused] = useState(false);
  const [take, setTake] = useState<Blob | null>(null);
  const open = useRef<Open | null>(null);
  const recorder = useRef<MediaRecorder | null>(null);

  const close = useCallback(() => {
    for (const track of open.current?.stream.getTracks() ?? []) track.stop();
    void open.current?.context.close();
    open.current = null;
  }, []);
  useEffect(() => close, [close]);

  useEffect(() => {
    if (!recording) return;
    const timer = setInterval(() => {
      const analyser = open.current?.analyser;
      if (!analyser) return;
      const samples = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(samples);
      setLevel(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
    }, 80);
    return () => clearInterval(timer);
  }, [recording]);

  const start = useCallback(async () => {
    setTake(null);
    try {
      if (open.current === null) {
        const stream = await navigator.mediaDevices.getUserMedia({
          audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: false },
        });
        const context = new AudioContext();
        const analyser = context.createAnalyser();
        context.createMediaStreamSource(stream).connect(analyser);
        open.current = { stream, context, analyser };
      }
    } catch {
      setRefused(true);
      return;
    }
    setRefused(false);
    const pieces: Blob[] = [];
    const made = new MediaRecorder(open.current.stream);
    made.ondataavailable = (event) => pieces.push(event.data);
    made.onstop = async () => {
      setRecording(false);
      setLevel(0);
      setTake(await asWav(new Blob(pieces, { type: made.mimeType })));
    };
    recorder.current = made;
    made.start();
    setRecording(true);
  }, []);

  const stop = useCallback(() => {
    if (recorder.current?.state === "recording") recorder.current.stop();
  }, []);
  const forget = useCallback(() => setTake(null), []);

  return { recording, level, refused, take, start, stop, forget };
}
