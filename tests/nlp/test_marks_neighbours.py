"""What stands right beside marks: dashes, brackets, ellipses, markup, words without a space."""

from __future__ import annotations

import pytest

from indexer.nlp.marks import read_marks, walk


def quoted(text):
    """The words of every marked span, outer ones before those inside them."""
    return [text[span.start : span.end] for span, _ in walk(read_marks(text))]


NEIGHBOURS = [
    ("“We won”—she said—“again.”", ["We won", "again."]),
    ('"We won"--she said--"again."', ["We won", "again."]),
    ('"We won—" she said. "—again."', ["We won—", "—again."]),
    ('"We won-" she said. "Again."', ["We won-", "Again."]),
    ('He said—"We won."', ["We won."]),
    ("“…and we won…” she said.", ["…and we won…"]),
    ('"...and we won..." she said. "... again"', ["...and we won...", "... again"]),
    ('"... and we won ..." she said. "Again"', ["... and we won ...", "Again"]),
    ("“. . . and we won . . .” she said.", [". . . and we won . . ."]),
    ("‘...and we won...’ she said.", ["...and we won..."]),
    ("'...and we won...' she said. '... again.'", ["...and we won...", "... again."]),
    ("(“We won,” she said.)", ["We won,"]),
    ("He won (“by miles,” she said) and left.", ["by miles,"]),
    ("He won ('by miles', she said) and left.", ["by miles"]),
    ('["We won"] ("again") {"so"}', ["We won", "again", "so"]),
    ('"[We] won," she said. "It was [a] close [one]"', ["[We] won,", "It was [a] close [one]"]),
    ('"(Laughs) We won (again)" she said.', ["(Laughs) We won (again)"]),
    ('**"We won,"** she said.', ["We won,"]),
    ('"**We won**," she said.', ["**We won**,"]),
    ('"*We won*" she said.', ["*We won*"]),
    ('*"We won,"* she said. _"Again,"_ she said.', ["We won,", "Again,"]),
    ('"_We_ won," she said.', ["_We_ won,"]),
    ("*'We won,'* she said. _'Again,'_ she said.", ["We won,", "Again,"]),
    ("[“We won,”](http://example.org) she said.", ["We won,"]),
    ("“We won,”she said.", ["We won,"]),
    ('"We won,"she said. "Again,"he said.', ["We won,", "Again,"]),
    ("She said“We won,” and left.", ["We won,"]),
    ('She said"We won" and left.', ["We won"]),
    ('She said:"We won." And left.', ["We won."]),
    ('She said,"We won." He said,"We lost."', ["We won.", "We lost."]),
    ("She said,“We won.”He said,“We lost.”", ["We won.", "We lost."]),
    ("She said:'We won.' And left.", ["We won."]),
    ("“We won.”“We lost.”", ["We won.", "We lost."]),
    ('"We won.""We lost."', ["We won.", "We lost."]),
    ('"We won." "We lost." "We drew."', ["We won.", "We lost.", "We drew."]),
    ('"We won" / "We lost"', ["We won", "We lost"]),
    ("“We won”1 she said.", ["We won"]),
    ("“We won.”[1] She said.", ["We won."]),
    ('"We won."[1] She said. "Again."[2]', ["We won.", "Again."]),
    ('"We won".', ["We won"]),
    ('He is "pro-life"-minded and "anti"-war.', ["pro-life", "anti"]),
    ('The so-called "Islamic State"’s men and the "Post"\'s man.', ["Islamic State", "Post"]),
    ("The “Post”’s man and the “Times’” man.", ["Post", "Times’"]),
    ('" We won, " she said. " Again. "', ["We won,", "Again."]),
    ("“ We won, ” she said. “ Again. ”", ["We won,", "Again."]),
    ("'' We won, '' she said. '' Again. ''", ["We won,", "Again."]),
    ("`` We won , '' she said . `` Again . ''", ["We won ,", "Again ."]),
    ('He asked, "Why?" "Because," she said.', ["Why?", "Because,"]),
    ('"Why?", he asked. "Because!", she said.', ["Why?", "Because!"]),
    ('"I—" "Stop!" he said.', ["I—", "Stop!"]),
    ('""We won," she said.', ["We won,"]),
    ("He wrote “ ” and “We won.”", ["We won."]),
    ("She said: “We won!”—and left.", ["We won!"]),
    ("“We won!”…", ["We won!"]),
    ("“We won?!” she said.", ["We won?!"]),
    ("“We won”; “we lost”; “we drew”.", ["We won", "we lost", "we drew"]),
    ("“Tenants’ incomes fell,” she said. “Workers’ pay fell.”", ["Tenants’ incomes fell,", "Workers’ pay fell."]),
    ('"Tenants\' incomes fell," she said. "Workers\' pay fell."', ["Tenants' incomes fell,", "Workers' pay fell."]),
    ("''Tenants' incomes fell,'' she said. ''Workers' pay fell.''", ["Tenants' incomes fell,", "Workers' pay fell."]),
    ("''It's the workers','' she said. ''Not the bosses'.''", ["It's the workers',", "Not the bosses'."]),
    ("''It's the workers''' she said.", ["It's the workers'"]),
    ("Mr. Lee said, ''We will vote.'' ''When?'' she asked.", ["We will vote.", "When?"]),
    ("He called it ''a disaster'' and ''a shame.''", ["a disaster", "a shame."]),
    ("The book ''It's 'Tis'' won.", ["It's 'Tis"]),
    ("“We won,” she said, “and we’ll win again.” “When?” he asked.", ["We won,", "and we’ll win again.", "When?"]),
    ('"[...] we won [...]" she said.', ["[...] we won [...]"]),
    ("'[...] we won [...]' she said.", ["[...] we won [...]"]),
    ("“[W]e won . . . .” She left.", ["[W]e won . . . ."]),
    ("“$5 million,” she said. “€3,” “#yes” and “@jo”.", ["$5 million,", "€3,", "#yes", "@jo"]),
    ("'$5 million,' she said. '£3.'", ["$5 million,", "£3."]),
    ('"5%" and "10 %" and "no. 1".', ["5%", "10 %", "no. 1"]),
    ('"2016", "2017" and "2018".', ["2016", "2017", "2018"]),
    ("'2016', '2017' and '2018'.", ["2016", "2017", "2018"]),
    ("‘2016’, ‘2017’ and ‘2018’.", ["2016", "2017", "2018"]),
    ('He won 50", 60" and 70" races; "easy," he said.', ["easy,"]),
    ('A 5\'10", 160-pound guard, a 6\'2" centre: "We won."', ["We won."]),
    ('A 5-foot-10" guard: "We won."', ["We won."]),
    ('"The TV is 42"," she said. "Mine is 24"."', ['The TV is 42",', 'Mine is 24".']),
    ('He lives at "40°26\'46" N", she said.', ["40°26'46\" N"]),
    ('<p class="x">“We won,” she said.</p>', ["x", "We won,"]),
    ('“We won,” she tweeted. <a href="http://t.co/x">pic</a> “Bye.”', ["We won,", "http://t.co/x", "Bye."]),
    ('He typed print("hello") and "left".', ["hello", "left"]),
    ("— “We won,” she said.", ["We won,"]),
    ("1. “We won.”\n2. “We lost.", ["We won.", "We lost."]),
    ("“We won.”\xa0“We lost.”", ["We won.", "We lost."]),
    ("“We won,”\u200b she said.", ["We won,"]),
    ("\ufeff“We won,” she said.", ["We won,"]),
    ("\x93We won,\x94 she said. It\x92s \x91so\x92.", ["We won,", "so"]),
    ("❝We won,❞ she said.", ["We won,"]),
    ("″We won,″ she said. ″Again.″", ["We won,", "Again."]),
    ("´We won,´ she said.", ["We won,"]),
    ("I don´t know what ´it´ is.", ["it"]),
    ("“We won”, “we won” , “we won” .", ["We won", "we won", "we won"]),
    ('"We won" , she said , "again" .', ["We won", "again"]),
    ("“We won.” (“Again.”) [“Again.”]", ["We won.", "Again.", "Again."]),
    ("“We won,” she said (“again”).", ["We won,", "again"]),
    ("“(We won),” she said.", ["(We won),"]),
    ("“We won (‘again’),” she said.", ["We won (‘again’),", "again"]),
    ("“Wow!”“Yes!”‘No!’", ["Wow!", "Yes!", "No!"]),
    ("“Fish ‘n’ chips,” she said. “Get ‘em.”", ["Fish ‘n’ chips,", "Get ‘em."]),
    ("’Tis the workers’ “right,” he said.", ["right,"]),
    ("Q. “Why?” A. “Because.”", ["Why?", "Because."]),
    ("TRUMP: “We won.” CLINTON: “No.”", ["We won.", "No."]),
]


@pytest.mark.parametrize(("text", "expected"), NEIGHBOURS)
def test_neighbours(text, expected):
    assert quoted(text) == expected


TOGETHER = [
    ("“I saw a ’gator,” he said. “And a ’coon.”", ["I saw a ’gator,", "And a ’coon."]),
    ("He said: “We’re done.” (AP) “So?”—she asked—“Why?”", ["We’re done.", "So?", "Why?"]),
    ("He told Reuters: ''We're done.'' 'Really?' she said.", ["We're done.", "Really?"]),
    ("“A,” “B” and “C”", ["A,", "B", "C"]),
    ("Headline: Trump says 'I won'\n\n“I won,” Trump said.\n\n‘No,’ he added.", ["I won", "I won,", "No,"]),
    ("“We won,” she said.\n\n* * *\n\n“We lost,” he said.", ["We won,", "We lost,"]),
    ("“We won,” she said.\n---\n“We lost,” he said.", ["We won,", "We lost,"]),
    (
        "From: Bob\n> “We won,” she said.\n> So he left.\n\nOK “fine”.",
        ["“We won,” she said.\n> So he left.", "We won,", "fine"],
    ),
    ("She wrote:\n\n> We won.\n>\n> It was close.\n\nSo.", ["We won.", "It was close."]),
    ("Poll: > 50% said “yes”; < 40% said “no”.", ["yes", "no"]),
    (">50% said “yes”.", ["yes"]),
    ("Said he: “We won.”\n\n    He left “early”.\n\nSo.", ["We won.", "early"]),
    ("He had this to say:\n\n    “We won.”\n\nSo.", ["We won."]),
    (
        "He had this to say:\n\n    We won “big” there.\n    So it goes.\n\nSo.",
        ["We won “big” there.\n    So it goes.", "big"],
    ),
    ("    “We won,” she said.\n\n    “We lost,” he said.", ["We won,", "We lost,"]),
    ("She said, “It’s over,”. He said, “No.”,", ["It’s over,", "No."]),
    ("“It’s over.”.", ["It’s over."]),
    ("''Is it 'over'?'' ''Yes; it's 'over.'''", ["Is it 'over'?", "over", "Yes; it's 'over.'", "over."]),
    ('He said "so"--"so"--and left.', ["so", "so"]),
    ('"We won"- she said -"again"', ["We won", "again"]),
    ('"We won",she said,"again"', ["We won", "again"]),
    ("“We won” ,she said,“again”", ["We won", "again"]),
    ("“First.\n\n“Second.”\n\n“Third,” he said.", ["First.", "Second.", "Third,"]),
    ('He said: "First.\n\n"Second.\n\n"Third." She said: "Fourth."', ["First.", "Second.", "Third.", "Fourth."]),
    ("''First.\n\n''Second.\n\n''Third.'' She said: ''Fourth.''", ["First.", "Second.", "Third.", "Fourth."]),
    ("``First.\n\n``Second.\n\n``Third.'' She said: ``Fourth.''", ["First.", "Second.", "Third.", "Fourth."]),
    ("“First.\n\nShe left.\n\n“Second,” he said.", ["First.", "Second,"]),
    ("„First.\n\n„Second,“ he said.", ["First.", "Second,"]),
    ('She said “yes." He said "no.” They said “maybe.”', ["yes.", "no.", "maybe."]),
    ("She said ''yes.\" He said \"no.'' They said ''maybe.''", ["yes.", "no.", "maybe."]),
    ("She said ”yes”, he said ”no”, they said ”maybe”; “so”.", ["yes", "no", "maybe", "so"]),
    ("She said “yes“, he said “no“, they said “maybe“; “so”.", ["yes", "no", "maybe", "so"]),
    ("She said ‘‘yes’’, he said ``no``, they said ''maybe''.", ["yes", "no", "maybe"]),
    ("“’90s music,” she said, “is ’90s’ music.”", ["’90s music,", "is ’90s’ music."]),
]
"""Several styles, layouts and habits in one text."""


@pytest.mark.parametrize(("text", "expected"), TOGETHER)
def test_styles_together(text, expected):
    assert quoted(text) == expected


CODE = [
    ('<blockquote tweet-author="Bob" data-x="1">"We won," she said. "Bye."', ["Bob", "1", "We won,", "Bye."]),
    ('See <a href="x.html" class="y">this</a>. "We won," she said.', ["x.html", "y", "We won,"]),
    ("x = \"a\"; y = 'b'; print(x)\n\n“We won,” she said.", ["a", "b", "We won,"]),
    (
        'Said she: "We won (see http://x.org/?q="abc") and" left. "Bye," he said.',
        ['We won (see http://x.org/?q="abc") and', "abc", "Bye,"],
    ),
]
"""Markup and code that were left in a text keep their own marks and leave the prose around them alone."""


@pytest.mark.parametrize(("text", "expected"), CODE)
def test_code(text, expected):
    assert quoted(text) == expected
