"""Lines set aside and a campaign's most, against counting."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.pacing.lines import CampaignLines, Lines, TrunkRoom

TRUNK, OTHER = UUID(int=1), UUID(int=2)
CAMPAIGNS = [UUID(int=n) for n in range(10, 14)]

parts = st.lists(
    st.tuples(
        st.sampled_from((TRUNK, OTHER)),
        st.integers(0, 10),
        st.integers(0, 15),
        st.none() | st.integers(0, 20),
    ),
    max_size=4,
)


@given(parts, st.integers(0, 40), st.integers(0, 40), st.lists(st.integers(0, 3), max_size=60))
def test_nobody_takes_what_is_set_aside_for_another(
    drawn: list[tuple[UUID, int, int, int | None]], free: int, starts: int, turns: list[int]
) -> None:
    campaigns = [
        CampaignLines(
            campaign_id=CAMPAIGNS[n], trunk_id=trunk, used=used, reserved=reserved, most=most
        )
        for n, (trunk, used, reserved, most) in enumerate(drawn)
    ]
    lines = Lines(
        {TRUNK: TrunkRoom(lines=free, starts=starts), OTHER: TrunkRoom(lines=5, starts=5)},
        campaigns,
    ).copy()
    used = {c.campaign_id: c.used for c in campaigns}
    lines_left = free
    for turn in turns:
        campaign_id = CAMPAIGNS[turn]
        own = next((c for c in campaigns if c.campaign_id == campaign_id), None)
        set_aside = sum(
            max(0, c.reserved - used[c.campaign_id])
            for c in campaigns
            if c.trunk_id == TRUNK and c.campaign_id != campaign_id
        )
        room = min(lines_left - set_aside, starts)
        if own is not None and own.most is not None:
            room = min(room, own.most - used[campaign_id])
        assert lines.room(campaign_id, TRUNK) == max(0, room)
        if room > 0:
            lines.take(campaign_id, TRUNK)
            lines_left, starts = lines_left - 1, starts - 1
            if own is not None:
                used[campaign_id] += 1
    assert lines.room(CAMPAIGNS[0], UUID(int=99)) == 0
