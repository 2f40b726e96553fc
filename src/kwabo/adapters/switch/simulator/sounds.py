"""Music, playbacks and recordings of the simulated switch's channels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kwabo.adapters.switch.simulator.channels import SimulatedChannel, SimulatedRecording
from kwabo.kernel.clock import Clock
from kwabo.ports.switch import PlaybackEnded, RecordingEnded, SwitchEvent

Later = Callable[[SimulatedChannel, float, Callable[[], None]], None]
Tell = Callable[[SimulatedChannel, SwitchEvent], None]


class Sounds:
    """See the module. `later` does something in so many seconds unless the channel is gone by then;
    a sound lasts `seconds`.
    """

    def __init__(self, clock: Clock, later: Later, tell: Tell, seconds: float) -> None:
        self.playbacks: dict[str, SimulatedChannel] = {}  # by id
        self.recordings: dict[str, SimulatedRecording] = {}  # by name
        self._clock = clock
        self._later = later
        self._tell = tell
        self.seconds = seconds

    def clear(self) -> None:
        """Everything is gone, and nobody is told."""
        self.playbacks.clear()
        self.recordings.clear()

    def end_all(self, channel: SimulatedChannel) -> None:
        """The channel ends: what is played and recorded there ends before."""
        for playback_id in sorted(channel.playbacks):
            self.end_playback(playback_id)
        for recording in [one for one in self.recordings.values() if one.channel is channel]:
            self.end_recording(recording.recording_name)

    def start_music(self, channel: SimulatedChannel, media: tuple[str, ...]) -> None:
        """Of sounds only their begin is written down as heard."""
        if channel.music and channel.music_media == media:
            return
        channel.music, channel.music_media = True, media
        if channel.far is not None and media:
            channel.far.heard += ((self._clock.now(), media[0]),)

    def start_playback(
        self, channel: SimulatedChannel, media: Sequence[str], playback_id: str
    ) -> None:
        """Sounds end by themselves, one after the other; tones go on until stopped."""
        channel.playbacks.add(playback_id)
        self.playbacks[playback_id] = channel
        self._play(channel, playback_id, media)

    def _play(self, channel: SimulatedChannel, playback_id: str, media: Sequence[str]) -> None:
        """The first of what is left, unless the playback has been stopped."""
        if playback_id not in channel.playbacks:
            return
        if not media:
            self.end_playback(playback_id)
            return
        if channel.far is not None:
            channel.far.heard += ((self._clock.now(), media[0]),)
        if not media[0].startswith("tone:"):
            rest = media[1:]
            self._later(channel, self.seconds, lambda: self._play(channel, playback_id, rest))

    def end_playback(self, playback_id: str) -> None:
        """A sound is over; what has ended before stays as it was."""
        channel = self.playbacks.pop(playback_id, None)
        if channel is None:
            return
        channel.playbacks.discard(playback_id)
        ended = PlaybackEnded(
            playback_id=playback_id, channel_id=channel.channel_id, at=self._clock.now()
        )
        self._tell(channel, ended)

    def start_recording(
        self, channel: SimulatedChannel, name: str, max_seconds: float, silence_seconds: float
    ) -> None:
        """A caller speaks for a while, and is silent."""
        self.recordings[name] = recording = SimulatedRecording(
            recording_name=name, channel=channel, began_at=self._clock.now()
        )
        lasts = max_seconds
        if silence_seconds and channel.caller is not None:
            lasts = min(lasts, channel.caller.speaks_seconds + silence_seconds)

        def over() -> None:
            if self.recordings.get(name) is recording:
                self.end_recording(name)

        self._later(channel, lasts, over)

    def end_recording(self, name: str) -> None:
        """A recording is over; there is no file, for nothing was said."""
        if (recording := self.recordings.pop(name, None)) is None:
            return
        now = self._clock.now()
        self._tell(
            recording.channel,
            RecordingEnded(
                recording_name=name,
                channel_id=recording.channel.channel_id,
                at=now,
                seconds=(now - recording.began_at).total_seconds(),
                path=None,
            ),
        )
