"""The runs that ship as samples: who decided what, with which reason, and what control did."""

from __future__ import annotations

from tools.sample_run import Note, Reply, Ruling, Run, Turn

ASKED = "consult_allies"

TALKS = Run(
    name="north-korea-2017-talks-first",
    seed=58_207,
    player="Mira",
    objective="freeze_first",
    turns=(
        Turn(
            "grant_visas",
            ASKED,
            70,
            "Listening is the cheapest thing on the table, and nobody of ours is in the room. The "
            "killing deserves an answer, but not this one. I expect a launch all the same: they "
            "announced one, and visas will not be read as a reason to call it off.",
        ),
        Turn(
            "dual_track",
            ASKED,
            50,
            "Four missiles are an argument for meeting, not against it: every further flight "
            "teaches them something. After the visas there is no room at home for an offer that "
            "stands alone, so the sanctions stay beside it. Tokyo has been asked and does not "
            "like it; better before the offer than after.",
        ),
        Turn(
            "freeze_offer",
            ASKED,
            30,
            "They came. Before anybody tires of the table I want a text on it: no tests, no new "
            "fuel. It caps and does not cut. I would rather explain a cap than another range ring.",
        ),
        Turn(
            "dual_track",
            ASKED,
            50,
            "The table broke and no sanction has been given away, so the second offer costs less "
            "than the first did. The question is not whether they walked out but whether they "
            "will come again, and I cannot learn that by waiting.",
        ),
        Turn(
            "freeze_offer",
            ASKED,
            30,
            "The same text as in spring. What has changed is that the sanctions bite more and "
            "that both sides know how the first round ended. If a promise comes, the thing to "
            "watch is whether it is kept when nobody is at the table.",
        ),
        Turn(
            "freeze_offer",
            ASKED,
            10,
            "One promise has been kept. I ask for the second one in the same words, so that "
            "nobody can say that the terms moved. I expect quiet, for they gain by it as well.",
        ),
    ),
    answers={
        "walk_in": Reply(
            "say_nothing",
            "To ask for him in the month of a second offer is to choose him over the offer. I do "
            "not like this reason. I write it down because it is the true one.",
        )
    },
)

TALKS_AGAIN = Run(
    name="north-korea-2017-other-luck",
    turns=TALKS.turns[4:],
    branch_of=TALKS.name,
    branch_turn=5,
    luck=52,
)

PRESSURE = Run(
    name="north-korea-2017-pressure-first",
    seed=75_313,
    player="Jonas",
    objective="no_icbm",
    turns=(
        Turn(
            "enforce_sanctions",
            ASKED,
            70,
            "The law exists and its holes are the problem. Close them before asking for more "
            "law. A launch is likely whatever we do this week; the drills are running.",
        ),
        Turn(
            "china_channel",
            ASKED,
            70,
            "Nine tenths of the trade crosses one border. A resolution that Beijing signs and "
            "does not enforce is paper, so I spend room at home on Beijing first.",
        ),
        Turn(
            "council_resolution",
            ASKED,
            50,
            "Beijing listens now, so New York is worth the weeks. I know the count: after earlier "
            "resolutions the next test came soon. I am buying the year, not the fortnight.",
        ),
        Turn(
            "council_resolution",
            ASKED,
            50,
            "We have been one accident away from something nobody chose. That is a reason to keep "
            "soldiers apart and leave the work to customs officers. A second text, while the "
            "Council still agrees.",
        ),
        Turn(
            "council_resolution",
            ASKED,
            30,
            "The bans are worth what is enforced. Another round keeps Beijing at the desk, and "
            "the long-range missile has failed once: what it lacks now costs money and parts.",
        ),
        Turn(
            "conditional_talks",
            ASKED,
            50,
            "They have something to lose now. I will meet when testing has stopped and they say "
            "so. If they refuse, the allies have seen who refused.",
        ),
    ),
    answers={
        "eleven_minutes": Reply(
            "hold_fire",
            "Men have died on that line this year. Eight of eleven minutes for loudspeaker and "
            "flare is what I can buy for the next ones.",
        )
    },
)

RUPTURE = Run(
    name="north-korea-2017-rupture",
    seed=609_741,
    player="Elif",
    objective="no_war",
    turns=(
        Turn(
            "scale_drills",
            "none",
            50,
            "The rehearsed raid is the part that frightens them and the part that we need least. "
            "It is our own schedule, so I change it today.",
        ),
        Turn(
            "talks_now",
            "none",
            50,
            "They wrote back, then four missiles flew: a day matters. Consulting takes that day, "
            "and somebody would leak the offer before it is made.",
        ),
        Turn(
            "red_line_tweet",
            "none",
            50,
            "The offer was met with contempt, so they must hear that it was no weakness. One line, "
            "in public, that needs nobody's signature.",
        ),
        Turn(
            "talks_now",
            "none",
            50,
            "Seoul itself offers a meeting, so Seoul cannot mind mine. I repeat the offer while "
            "the line is fresh.",
        ),
        Turn(
            "fire_and_fury",
            "none",
            50,
            "Two offers have brought nothing, and since my line in May no missile has flown. So "
            "more of what seems to work: the largest words cost no money and move no troops.",
        ),
        Turn(
            "dual_track",
            "none",
            30,
            "It is quiet, and quiet is what I wanted. Keep every sanction and leave the door open. "
            "Our allies will be glad of it when they read it.",
        ),
    ),
    answers={
        "eleven_minutes": Reply(
            "hold_fire",
            "I will not have a war over a patrol boat. I tell the commander to wait, and his "
            "ministry can have my reasons tomorrow.",
        )
    },
)

OVERRIDE = Run(
    name="north-korea-2017-override",
    seed=127_142,
    player="Room 204",
    objective="alliances_whole",
    turns=(
        Turn(
            "full_drills",
            ASKED,
            70,
            "We voted 4 to 2. Readiness decays unless it is practised, and if we flinch once "
            "there is a price on every spring. Those who lost the vote say that we rehearse "
            "killing the man whose answer we fear.",
        ),
        Turn(
            "complete_thaad",
            ASKED,
            70,
            "Every launch has made the case for it. We know that a salvo can swamp it and that "
            "Beijing will make Seoul pay. We asked Seoul first.",
        ),
        Turn(
            "dual_track",
            ASKED,
            30,
            "Deterrence is in order, so an offer beside the sanctions cannot look like fear. "
            "We expect no launch: they have had theirs.",
        ),
        Turn(
            "umbrella_pledge",
            "none",
            50,
            "If the long-range missile works one day, the question in Seoul and Tokyo will be "
            "whether we would risk a city of ours. Better to answer before it is asked.",
        ),
        Turn(
            "dual_track",
            ASKED,
            50,
            "It has flown, so the promise of January is gone, and nobody can give it back. What "
            "is left is to keep the sanctions, the allies and an open chair.",
        ),
        Turn(
            "olympic_pause",
            ASKED,
            50,
            "A pause with a reason that nobody must call a concession. Seoul wants its Games quiet "
            "and we want to see whether quiet is answered.",
        ),
    ),
    answers={"walk_in": Reply("say_nothing", "3 to 3, so we did nothing. That is an answer too.")},
    rulings=(
        Ruling(
            3,
            "The dice flew the missile in May. The class has forty minutes left and has not yet "
            "spoken about the salvo, and from this turn on nothing else would be spoken about. "
            "I let this flight fail. The dice stay in the record.",
            site="event:programme_clock/icbm_flight",
            outcome="fails",
        ),
        Ruling(
            3,
            "My ruling took the pressure of time out of the room. This puts it back, by words.",
            inject="estimate_shortened",
        ),
        Ruling(
            5,
            "The team wrote a plan to keep bombers away from the coast for a month, and no card "
            "says that. I grant what I think it worth: one step less tension.",
            effects=(("tension", -1),),
        ),
    ),
    notes=(
        Note(
            "game.decision",
            3,
            "The forecast of turn 3",
            "They wrote 30 per cent and gave as a reason that the other side had had its launch. "
            "Ask in the hot wash where that rule comes from. The forecast is scored against the "
            "dice, and my ruling does not mend it.",
        ),
        Note(
            "game.override",
            1,
            "My first ruling",
            "I would do it again for the hour, not for the lesson: two of them stopped believing "
            "that the dice are dice. Say before play next time that control may overrule.",
        ),
        Note(
            "game.decision",
            4,
            "It flew all the same",
            "One turn later than by the dice. A ruling moved a date; it did not change what they "
            "wanted. Compare with the aim that is revealed at the end.",
        ),
        Note(
            "game.override",
            2,
            "Was this fair?",
            "The other group got nothing for a plan as good as this one, because they did not "
            "write it down. Decide before the next class what a written plan is worth.",
        ),
    ),
)

RUNS = (OVERRIDE, RUPTURE, PRESSURE, TALKS, TALKS_AGAIN)
"""In the order in which they are played: a branch after what it leaves."""
