"""Hand-made views of the 2017 crisis, one a phase, for the tests of widgets and screens."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise.view import (
    AftermathView,
    AnswerView,
    ArcView,
    CampView,
    CaseView,
    ChangeView,
    DecisionView,
    EndingView,
    EvidenceView,
    FlashView,
    ForecastView,
    HistoryView,
    ObjectiveView,
    PlaceView,
    ResponseView,
    RoleView,
    RungView,
    SupportView,
    TheatreView,
    TrackView,
    View,
    WireView,
)

ARTICLE = "Stadler and Thompson, 2017"


def _card(name: str, text: str, where: str, contested: str | None = None) -> EvidenceView:
    return EvidenceView(name, text, ARTICLE, where, contested)


A02 = _card("A2", "Four ballistic missiles were fired together on Monday morning.", "P1")
A05 = _card("A5", "A US official says that a fifth missile never left its pad.", "P1")
A10 = _card("A10", "Every test teaches, even one that seems to fail.", "P1")
A33 = _card("A33", "The authors ask for talks without preconditions.", "P4", "Critics: A34")
A34 = _card("A34", "Critics say that it would weaken the hand of US negotiators.", "P4")
A45 = _card("A45", "State refused the visas and informal talks were called off.", "P5")
R07 = EvidenceView(
    "R7", "The first two THAAD launchers were flown to Osan.", "Yonhap, March 2017", None
)

RUNGS = (
    RungView("exercises", "Spring exercises", "passed", ("Turn 1: the drills opened on 1 March.",)),
    RungView(
        "salvo_launch",
        "Salvo launch",
        "here",
        ("Turn 2: four missiles flew together into the Sea of Japan.",),
    ),
    RungView("icbm_test", "ICBM test", "ahead"),
    RungView("talks", "Talks", "ahead"),
)

TRACKS = (
    TrackView(
        id="tension",
        title="Tension",
        value=5,
        low=0,
        high=7,
        before=4,
        start=4,
        low_means="An ordinary spring",
        high_means="The edge of war",
        danger="high",
        why="The drills and the salvo meet in the same week.",
        changes=(
            ChangeView(1, "Your act", "Carry the exercises through", 1),
            ChangeView(1, "Allies", "Consult Seoul and Tokyo", -1),
            ChangeView(1, "Their programme", "Four missiles in one salvo", 1),
        ),
        past=(4, 5),
    ),
    TrackView(
        id="capability",
        title="Capability",
        value=3,
        low=0,
        high=7,
        before=2,
        start=2,
        low_means="Scuds and their like",
        high_means="A proven ICBM",
        danger="high",
        why="A solid-fuel missile flew in February.",
        changes=(ChangeView(1, "Their programme", "Four missiles in one salvo", 1),),
        past=(2, 3),
    ),
    TrackView(
        id="channel",
        title="Channel",
        value=0,
        low=0,
        high=5,
        before=0,
        start=0,
        low_means="No line that works",
        high_means="Envoys who decide",
        danger="none",
        why="The visas for the New York meeting were refused.",
        past=(0, 0),
    ),
    TrackView(
        id="pressure",
        title="Pressure",
        value=3,
        low=0,
        high=6,
        before=3,
        start=3,
        low_means="Trade as before",
        high_means="A near embargo",
        danger="none",
        why="Coal is capped, and Beijing has stopped buying for the year.",
        past=(3, 3),
    ),
    TrackView(
        id="alliance",
        title="Alliances",
        value=4,
        low=0,
        high=5,
        before=3,
        start=3,
        low_means="Allies go their own way",
        high_means="One voice",
        danger="low",
        why="Seoul is between two presidents and Tokyo is alarmed.",
        changes=(ChangeView(1, "Allies", "Consult Seoul and Tokyo", 1),),
        past=(3, 4),
    ),
    TrackView(
        id="deterrence",
        title="Deterrence",
        value=4,
        low=0,
        high=5,
        before=4,
        start=4,
        low_means="Nobody believes it",
        high_means="Ready and believed",
        danger="low",
        why="320,000 troops train on the peninsula.",
        past=(4, 4),
    ),
    TrackView(
        id="standing",
        title="Standing at home",
        value=2,
        low=0,
        high=5,
        before=3,
        start=3,
        low_means="No room to act",
        high_means="A free hand",
        danger="low",
        why="A new administration, weeks old.",
        changes=(ChangeView(1, "At home", "A tweet is quoted back", -1),),
        past=(3, 2),
    ),
    TrackView(
        id="china",
        title="China",
        value=1,
        low=0,
        high=2,
        before=1,
        start=1,
        low_means="obstructive",
        high_means="cooperative",
        danger="none",
        why="Beijing dislikes THAAD as much as the salvo.",
        level="wary",
        past=(1, 1),
    ),
)

WIRE = (
    WireView(
        1,
        "1-5 March 2017",
        "support",
        "Your act",
        "Consult Seoul and Tokyo",
        "Both capitals hear of the plan before the press does.",
        changes=(("Alliances", 1), ("Tension", -1)),
    ),
    WireView(
        1,
        "1-5 March 2017",
        "decision",
        "Your act",
        "Carry the exercises through",
        "The drills go on at full size.",
        changes=(("Tension", 1),),
    ),
    WireView(
        1,
        "1-5 March 2017",
        "reaction",
        "Pyongyang",
        "Holds, with a warning",
        "A spokesman promises the toughest answer to the drills. No launch is seen.",
    ),
    WireView(
        2,
        "6 March 2017",
        "inject",
        "Their programme",
        "Four missiles in one salvo",
        "At 07:34 in Korea four missiles rise together from the north-west and fall into the Sea"
        " of Japan after about 620 miles. A fifth, an official says, never left its pad.",
        changes=(("Tension", 1), ("Capability", 1)),
        cites=(A02, A05),
    ),
    WireView(
        2,
        "6 March 2017",
        "ladder",
        "",
        "",
        "Four missiles flew together into the Sea of Japan.",
    ),
    WireView(
        2,
        "6 March 2017",
        "inject",
        "Pyongyang",
        "A claim from the state agency",
        "The state news agency says that the crews are those who would strike US bases in Japan.",
    ),
    WireView(
        2,
        "6 March 2017",
        "inject",
        "Intelligence",
        "For the President's eyes",
        "The telemetry shows no new range. The count of five rests on one sensor.",
        private=True,
    ),
)

SALVO = ArcView(2, (124.7, 39.66), (136.3, 39.6), 4, 1, "about 620 miles")

THEATRE = TheatreView(
    west=122.5,
    south=30.5,
    east=146.0,
    north=45.5,
    places=(
        PlaceView("tongchang_ri", "Tongchang-ri", 124.7, 39.66, label=True),
        PlaceView("pyongyang", "Pyongyang", 125.75, 39.03, label=True),
        PlaceView("seoul", "Seoul", 126.98, 37.57, label=True),
        PlaceView("seongju", "Seongju", 128.2, 36.0, label=False),
        PlaceView("iwakuni", "Iwakuni", 132.2, 34.15, label=True),
        PlaceView("tokyo", "Tokyo", 139.69, 35.69, label=True),
        PlaceView("sea_of_japan", "Sea of Japan", 136.3, 39.6, label=False),
    ),
)

SUPPORTS = (
    SupportView("none", "Nothing beside it", "The act stands alone."),
    SupportView(
        "consult_allies", "Consult the allies", "Call Seoul and Tokyo before it is public."
    ),
    SupportView("private_message", "Send a private word", "A line through New York explains it."),
    SupportView(
        "public_warning",
        "Warn in public",
        "Say aloud what the next launch would bring.",
        closed="You warned them last turn; twice would be noise.",
    ),
)
_ALL = tuple(support.id for support in SUPPORTS if support.closed is None)


def _response(
    name: str,
    title: str,
    instrument: str,
    act: str,
    favour: tuple[str, str],
    against: tuple[str, str],
    **rest: object,
) -> ResponseView:
    rest.setdefault("supports", () if "closed" in rest else _ALL)
    return ResponseView(
        id=name,
        title=title,
        instrument=instrument,  # type: ignore[arg-type]
        act=act,
        favour=CaseView(favour[1], favour[0], (A33,)),
        against=CaseView(against[1], against[0], (A34,)),
        unknown=rest.pop("unknown", None),  # type: ignore[arg-type]
        **rest,  # type: ignore[arg-type]
    )


RESPONSES = (
    _response(
        "patience",
        "Hold to strategic patience",
        "diplomatic",
        "Condemn the salvo, keep the sanctions, and wait for Pyongyang to choose.",
        ("National security adviser", "It concedes nothing and spends nothing."),
        ("Secretary of State", "The programme has advanced through every year of waiting."),
        course=True,
        unknown="Whether time is on anybody's side.",
    ),
    _response(
        "talks_without_preconditions",
        "Offer talks without preconditions",
        "diplomatic",
        "Tell Pyongyang that an envoy will meet it anywhere, on any subject, with the sanctions"
        " left in place.",
        (
            "Secretary of State",
            "Meeting concedes nothing, and a diplomat in the room may stop an accident.",
        ),
        (
            "Secretary of Defense",
            "It rewards the salvo within the week and leaves negotiators with less to offer later.",
        ),
        unknown="Whether the February invitation was more than a gesture.",
        cites=(A33, A34, A45),
    ),
    _response(
        "track_15",
        "Issue the Track 1.5 visas",
        "diplomatic",
        "Let the delegation come to New York after all, to meet former officials.",
        ("Secretary of State", "Cheap, deniable, and both sides had wanted it in February."),
        ("National security adviser", "It passes over a killing with a banned nerve agent."),
        closed="The murder in Kuala Lumpur is three weeks old; the White House will not sign.",
    ),
    _response(
        "red_line",
        "Draw a red line at an ICBM",
        "informational",
        "Say in public that a flight of intercontinental range will not be allowed.",
        ("National security adviser", "Clarity may deter the one test that matters most."),
        ("Intelligence", "If it flies and nothing follows, every later word is worth less."),
    ),
    _response(
        "thaad",
        "Speed THAAD to Seongju",
        "military",
        "Fly the launchers in now and have them ready before the election in Seoul.",
        ("Secretary of Defense", "It covers the ports that reinforcement would need."),
        ("China desk", "A salvo may swamp it, and Beijing will make Seoul pay."),
        consent="Seoul must agree; its acting president does.",
        cites=(R07,),
    ),
    _response(
        "drills_scaled",
        "Drop the decapitation drill",
        "military",
        "Let the exercises run, without the part that rehearses killing the leadership.",
        ("Secretary of State", "It removes what frightens them most and little else."),
        ("Secretary of Defense", "Training that is cut under fire is hard to bring back."),
    ),
    _response(
        "limited_strike",
        "Strike the launch site",
        "military",
        "Destroy the pads at Tongchang-ri with conventional weapons.",
        ("Nobody in this room", "It would show that launches have a price."),
        ("Secretary of Defense", "Seoul is within range of their guns."),
        closed="Seoul and Tokyo refuse: nobody has been attacked.",
        consent="Seoul must agree; it refuses.",
    ),
    _response(
        "un_sanctions",
        "Seek a new UN resolution",
        "economic",
        "Take a ban on coal and seafood to the Security Council.",
        ("Ambassador to the UN", "It is lawful, shared, and hurts where it matters."),
        ("Treasury", "Little will bite before autumn, and Beijing must agree to it."),
    ),
    _response(
        "secondary_sanctions",
        "Sanction Chinese banks",
        "economic",
        "Cut one bank in Dandong off from the dollar.",
        ("Treasury", "The money moves through a few doors; close one."),
        ("China desk", "It spends the goodwill that any resolution needs."),
    ),
)

FORECAST = ForecastView(
    "Will a missile fly in the next turn?",
    (
        (10, "almost certainly not"),
        (30, "probably not"),
        (50, "as likely as not"),
        (70, "probably"),
        (90, "almost certainly"),
    ),
)

DECISION = DecisionView(
    turn=1,
    date="1-5 March 2017",
    stage="Spring exercises",
    response="exercises_full",
    response_title="Carry the exercises through",
    support="consult_allies",
    support_title="Consult the allies",
    rationale="Cutting them in the first week would look like fear.",
    forecast=70,
    came=True,
    offered=("Hold to strategic patience", "Drop the decapitation drill"),
)

AFTERMATH = AftermathView(
    turn=1,
    decision=DECISION,
    items=WIRE[:4],
    tracks=tuple(track for track in TRACKS if track.changes),
    ladder="Four missiles flew together into the Sea of Japan.",
    stage_before="Spring exercises",
    stage_after="Salvo launch",
    arcs=(SALVO,),
)

OBJECTIVES = (
    ObjectiveView(
        "no_war", "No war", "Nothing matters as much as that nobody dies.", (("war", 0),)
    ),
    ObjectiveView(
        "freeze_first",
        "A freeze, soon",
        "A negotiated halt to the tests, even an imperfect one.",
        (("negotiated_freeze", 1), ("tacit_freeze", 0.7), ("war", 0)),
    ),
    ObjectiveView(
        "alliances_whole",
        "Alliances whole",
        "Seoul and Tokyo must be able to rely on us afterwards.",
        (("containment", 1), ("war", 0)),
    ),
)

ROLE = RoleView(
    "president",
    "President",
    "You decide. Your offices advise you, and they do not agree.",
    "You have told the country that it will not happen.",
    (("End the year with both alliances no weaker than today.", None),),
)

BRIEF = (
    "Four missiles, fired together, lie in the Sea of Japan, three of them in waters where"
    " Japanese boats fish. The spring exercises go on. Seoul has no president for certain;"
    " Tokyo wants to hear from you within the hour. Nothing in the salvo flies further than what"
    " they had, and every launch teaches them something."
)

ENDING = EndingView(
    id="containment",
    title="Containment holds",
    epilogue="By late November no missile of intercontinental range has flown. The sanctions bite,"
    " the alliances have held, and no line to Pyongyang is open. Nothing is settled.\n\n"
    "The launch crews train on.",
    value=0.6,
    aim_title="Security first",
    aim_text="They wanted a deterrent that works before anything else, and would have talked"
    " afterwards.",
    tells=("Turn 2: the agency named its crews' task, and asked for nothing.",),
    camps=(
        CampView(
            "authors",
            "The authors' camp",
            "Pressure without talks bought a year and no freeze.",
            accepts=False,
            case="Pair the sanctions with diplomacy.",
        ),
        CampView(
            "critics",
            "Their critics",
            "Nothing was given away, and the allies are firm.",
            accepts=True,
            case="Let pressure work before anybody sits down.",
        ),
    ),
    history=(
        HistoryView("2017-03-06", "Four missiles flew; a fifth is said to have failed.", (A02,)),
        HistoryView("2017-07-04", "The first Hwasong-14 flew for 39 minutes.", (R07,)),
        HistoryView("2018-06-12", "The leaders met in Singapore.", (R07,)),
    ),
    assumptions=(
        ("How exercises provoke", "weak", True),
        ("What sanctions do to testing", "strong", False),
    ),
    questions=("Was the salvo an answer to the drills, or would it have come anyway?",),
    seal="7F3K-Q2MD",
    pivot=3,
    disclaimer="A model with visible assumptions, not a prediction.",
)


def sample_view() -> View:
    """Turn 2 of 6: the salvo has been fired, and the President must decide."""
    return View(
        scenario="north-korea-2017",
        title="The First Test",
        summary="Spring 2017: a new administration, an old programme, and four missiles.",
        content_note="Speaks of war, of a killing, and of nuclear weapons.",
        phase="deciding",
        line="solo",
        event=12,
        seat="solo",
        player="You",
        turn=2,
        turns=6,
        date="6 March to late April 2017",
        turn_title="Four plumes before breakfast",
        stage="salvo_launch",
        stage_title="Salvo launch",
        brief=BRIEF,
        rungs=RUNGS,
        tracks=TRACKS,
        wire=WIRE,
        arcs=(SALVO,),
        theatre=THEATRE,
        responses=RESPONSES,
        supports=SUPPORTS,
        flash=None,
        forecast=FORECAST,
        aftermath=AFTERMATH,
        decisions=(DECISION,),
        role=ROLE,
        objective="freeze_first",
        objectives=OBJECTIVES,
        ending=None,
        brief_cites=(A02, A05, A10),
    )


def briefing_view() -> View:
    """Before StartEx: nothing has happened and no objective is declared."""
    rungs = (
        RUNGS[0]._replace(state="here"),
        RUNGS[1]._replace(state="ahead", reached=()),
        *RUNGS[2:],
    )
    tracks = tuple(
        track._replace(value=track.start, before=track.start, changes=(), past=(track.start,))
        for track in TRACKS
    )
    return replace(
        sample_view(),
        phase="briefing",
        event=1,
        turn=1,
        date="1-5 March 2017",
        turn_title="The drills open",
        stage="exercises",
        stage_title="Spring exercises",
        rungs=rungs,
        tracks=tracks,
        wire=(),
        arcs=(),
        responses=(),
        aftermath=None,
        decisions=(),
        objective=None,
    )


def flash_view() -> View:
    """A flash decision: an inject that must be answered at once."""
    return replace(
        sample_view(),
        phase="flash",
        responses=(),
        flash=FlashView(
            "iwakuni_alert",
            "Tokyo asks for an answer within the hour",
            "The Prime Minister's office asks whether the bases at Iwakuni go on alert. Saying"
            " nothing is an answer too.",
            (
                AnswerView("alert", "Go on alert", "Planes are fuelled where cameras see them."),
                AnswerView("quiet", "Stay as we are", "A call to Tokyo explains why."),
            ),
        ),
    )


def late_view() -> View:
    """Turn 5 of 6: every gauge has a past, and an ICBM has flown."""
    pasts = {
        "tension": (4, 5, 4, 6, 7),
        "capability": (2, 3, 4, 4, 6),
        "channel": (0, 0, 1, 2, 1),
        "pressure": (3, 3, 4, 5, 5),
        "alliance": (3, 4, 4, 3, 2),
        "deterrence": (4, 4, 3, 3, 3),
        "standing": (3, 2, 2, 1, 1),
        "china": (1, 1, 2, 2, 1),
    }
    tracks = tuple(
        track._replace(
            value=pasts[track.id][-1],
            before=pasts[track.id][-2],
            past=pasts[track.id],
            level="wary" if track.id == "china" else None,
            changes=tuple(change._replace(turn=4) for change in track.changes),
        )
        for track in TRACKS
    )
    rungs = (
        RUNGS[0]._replace(state="passed"),
        RUNGS[1]._replace(state="passed"),
        RungView(
            "icbm_test", "ICBM test", "here", ("Turn 5: one missile climbed to 1,700 miles.",)
        ),
        RungView("talks", "Talks", "passed", ("Turn 3: envoys met in Oslo.",)),
    )
    arcs = (
        ArcView(5, (125.2, 40.1), (139.0, 41.0), 1, 0, "39 minutes aloft"),
        ArcView(4, (127.5, 39.4), (131.5, 38.6), 2, 1, "short range"),
    )
    return replace(
        sample_view(),
        event=61,
        turn=5,
        date="4 July to mid-September 2017",
        turn_title="Thirty-nine minutes",
        stage="icbm_test",
        stage_title="ICBM test",
        rungs=rungs,
        tracks=tracks,
        arcs=arcs,
    )


def ended_view() -> View:
    """After EndEx: everything is unsealed."""
    return replace(
        late_view(), phase="ended", event=88, turn=6, responses=(), arcs=(), ending=ENDING
    )
