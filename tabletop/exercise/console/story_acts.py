"""What control tells people: injects of the scenario or its own, messages, and private marks."""

from __future__ import annotations

from tabletop.errors import ActionError
from tabletop.exercise.asking import Blank, Option
from tabletop.exercise.console.deck import InjectCard, injects
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.console.wording import seat_name
from tabletop.exercise.hour.actions import Discard, Keep, Mark, Message, Write
from tabletop.exercise.hour.view import MessageView
from tabletop.exercise.table import Fire, Withhold

_SEAT, _TEAM, _ALL = "seat", "team", "all"
_NOW, _LATER = "now", "later"


def named(team: str) -> str:
    """`team red`, or `all teams`."""
    return f"team {team}" if team else "all teams"


async def card_of(at: Leading) -> InjectCard:
    """An inject of the scenario, chosen from the deck."""
    cards = deck_of(at)
    teams = len(at.hour.teams)
    options = [Option(card.id, card.title, card_note(card, teams)) for card in cards]
    chosen = await at.ask.pick("Which inject?", options)
    return next(card for card in cards if card.id == chosen)


def deck_of(at: Leading) -> tuple[InjectCard, ...]:
    """Every inject of the scenario, as it stands for the teams that take part."""
    return injects(at.table.record, [row.team for row in at.hour.teams])


def card_note(card: InjectCard, teams: int) -> str:
    """When it would come, from whom it is held back, and to which of so many teams it has come."""

    def whom(named: tuple[str, ...]) -> str:
        return "all teams" if len(named) == teams else ", ".join(named[:6])

    held = f"; held back from {whom(card.held)}" if card.held else ""
    came = f"; came to {whom(card.came)}" if card.came else ""
    return f"{card.when}{', a flash decision' if card.flash else ''}{held}{came}"


async def withhold(at: Leading) -> str:
    """Hold an inject of the scenario back, so that neither its turn nor chance brings it."""
    return await withhold_card(at, await card_of(at), held=True)


async def allow(at: Leading) -> str:
    """Let an inject that is held back come in its time again."""
    cards = [card for card in deck_of(at) if card.held]
    if not cards:
        raise ActionError("no inject of the scenario is held back")
    teams = len(at.hour.teams)
    options = [Option(card.id, card.title, card_note(card, teams)) for card in cards]
    chosen = await at.ask.pick("Which inject?", options)
    return await withhold_card(at, next(card for card in cards if card.id == chosen), held=False)


async def withhold_card(at: Leading, card: InjectCard, *, held: bool) -> str:
    """Hold that inject back from a team or from all of them, or let it come in its time."""
    doing = f"“{card.title}” is held back from" if held else f"“{card.title}” may come to"
    team = await at.a_team_or_all(doing)
    rows = [
        row
        for row in at.hour.teams
        if team in ("", row.team) and not row.ending and (row.team in card.held) is not held
    ]
    if not rows:
        raise ActionError(
            f"“{card.title}” is {'held back there already' if held else 'not held back there'}"
        )
    reason = ""
    if held:
        (reason,) = await at.ask.fill("For the record", [Blank("Reason", needed=False)])
    for row in rows:
        await at.send(Withhold(row.line or row.team, card.id, held, reason or None))
    if held:
        return f"{doing} {named(team)}, until you fire it or let it come."
    late = card.turn is not None and any(row.line and row.turn > card.turn for row in rows)
    passed = " Its turn is over, though: fire it to bring it." if late else ""
    return f"{doing} {named(team)} in its time.{passed}"


async def fire(at: Leading) -> str:
    """Put an inject of the scenario into play now."""
    return await fire_card(at, await card_of(at))


async def fire_card(at: Leading, card: InjectCard) -> str:
    """Put that inject into play, for a team or for all of them."""
    if not at.hour.begun:
        raise ActionError("injects come once play has begun")
    team = await at.a_team_or_all(f"“{card.title}” comes to")
    (reason,) = await at.ask.fill("For the record", [Blank("Reason")])
    rows = [row for row in at.hour.teams if row.line and not row.ending and team in ("", row.team)]
    if not rows:
        raise ActionError("no team plays any more")
    again = [row.team for row in rows if row.team in card.came]
    warning = "It takes effect at once, whatever the scenario had in mind."
    if again:
        warning += f" It has come already to {', '.join(again[:6])}."
    await at.ask.sure(f"Bring “{card.title}” to {named(team)} now?", warning)
    refused = []
    for row in rows:
        try:
            await at.send(Fire(row.line, card.id, reason))
        except ActionError as error:
            refused.append(f"{row.team}: {error}")
            continue
        if card.turn is not None and card.turn > row.turn and row.team not in card.held:
            # Or its own turn would bring it a second time.
            await at.send(Withhold(row.line, card.id, held=True, reason=reason))
    if len(refused) == len(rows):
        raise ActionError(refused[0])
    missed = f" Not to {'; '.join(refused)}." if refused else ""
    return f"“{card.title}” came to {named(team)}.{missed}"


async def write(at: Leading) -> str:
    """Write an inject of one's own: words, without effects."""
    return await written(at, "", "")


async def edit(at: Leading) -> str:
    """Take an inject of the scenario as a draft of one's own."""
    card = await card_of(at)
    return await written(at, card.title, card.text)


async def written(at: Leading, title: str, text: str) -> str:
    """Send what control writes, or hold it in the deck."""
    title, text = await at.ask.fill(
        "An inject of your own: words alone, without effects",
        [Blank("Title", title), Blank("Text", text, long=True)],
    )
    when = await at.ask.pick(
        "And then?",
        [
            Option(_NOW, "Send it now"),
            Option(_LATER, "Hold it in the deck", "it waits there until you send it"),
        ],
    )
    if when == _LATER:
        await at.send(Keep(title, text))
        return f"“{title}” is held in the deck."
    return await send_written(at, title, text)


async def send_written(at: Leading, title: str, text: str, held: int = 0) -> str:
    """Send an inject that control wrote; a held one leaves the deck."""
    team = await at.a_team_or_all(f"“{title}” goes to")
    await at.send(Write(title, text, team))
    if held:
        await at.send(Discard(held))
    return f"“{title}” went to {named(team)}."


async def release(at: Leading) -> str:
    """Send a held inject, change it, or take it out of the deck."""
    held = at.hour.deck
    if not held:
        raise ActionError("no inject is held in the deck")
    options = [Option(str(each.number), each.title, each.text) for each in held]
    number = int(await at.ask.pick("Which held inject?", options))
    return await release_card(at, next(each for each in held if each.number == number))


async def release_card(at: Leading, card: MessageView) -> str:
    """Send that held inject, change it, or take it out of the deck."""
    what = await at.ask.pick(
        f"“{card.title}”",
        [
            Option("send", "Send it now"),
            Option("edit", "Change it"),
            Option("discard", "Take it out of the deck"),
        ],
    )
    if what == "send":
        return await send_written(at, card.title, card.text, card.number)
    if what == "edit":
        return await rewritten(at, card)
    return await taken_out(at, card)


async def rewritten(at: Leading, card: MessageView) -> str:
    """Change a held inject; the one before leaves the deck."""
    told = await written(at, card.title, card.text)
    await at.send(Discard(card.number))
    return told


async def taken_out(at: Leading, card: MessageView) -> str:
    """Take a held inject out of the deck, sent to nobody."""
    await at.ask.sure(f"Take “{card.title}” out of the deck?", "It was sent to nobody.")
    await at.send(Discard(card.number))
    return f"“{card.title}” is out of the deck."


async def message(at: Leading) -> str:
    """A message to a seat, a team, or all."""
    seat, team = await _to_whom(at)
    names = {mate.id: seat_name(mate) for mate in at.hour.mates}
    to = names.get(seat) or (f"team {team}" if team else "everybody")
    (text,) = await at.ask.fill(f"A message to {to}", [Blank("Text")])
    await at.send(Message(text, seat, team))
    return f"Sent to {to}."


async def _to_whom(at: Leading) -> tuple[str, str]:
    """A seat, or else a team, or else nobody in particular."""
    if at.seat:
        return (await at.a_seat("Which seat?")).id, ""
    if at.named:
        return "", at.team
    options = [Option(_ALL, "Everybody"), Option(_TEAM, "A team"), Option(_SEAT, "One seat")]
    if at.team:
        options.insert(0, Option(_TEAM, f"Team {at.team}"))
        del options[2]
    kind = await at.ask.pick("A message to", options)
    if kind == _TEAM:
        return "", (await at.a_team("Which team?")).team
    if kind == _SEAT:
        return (await at.a_seat("Which seat?")).id, ""
    return "", ""


async def mark(at: Leading) -> str:
    """A private note, or a mark for the hot wash; nobody else ever sees it."""
    team = await at.a_team_or_all("A private note about")
    about = named(team) if team else "the whole class"
    (text,) = await at.ask.fill(f"A private note about {about}", [Blank("Note")])
    await at.send(Mark(text, team))
    return "Noted."
