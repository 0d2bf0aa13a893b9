"""Names without spaCy: titles, kinds, and which names are one person's."""

from __future__ import annotations

import pytest

from indexer.nlp.names import Entity, Names, likely_sex_of, sex_of, split_title, type_of

TITLES = [
    ("Mr. Brink", ["Mr."], ["Brink"]),
    ("House Speaker Paul Holm", ["House", "Speaker"], ["Paul", "Holm"]),
    ("Indiana Gov. Ada Brink", ["Indiana", "Gov."], ["Ada", "Brink"]),
    ("Tarn City Public Advocate Anna Holm", ["Tarn", "City", "Public", "Advocate"], ["Anna", "Holm"]),
    ("Rep. Piers King of Tarn", ["Rep."], ["Piers", "King", "of", "Tarn"]),
    ("President", [], ["President"]),
    ("Attorney General Office", [], ["Attorney", "General", "Office"]),
    ("Ada Brink", [], ["Ada", "Brink"]),
]


@pytest.mark.parametrize(("name", "titles", "rest"), TITLES)
def test_titles_are_told_from_the_name(name, titles, rest):
    assert split_title(name.split()) == (titles, rest)


KINDS = [
    ("Ada Brink", "person"),
    ("Tarn Ferry Company", "organization"),
    ("NTSB", "organization"),
    ("Tarn Constitution", "document"),
    ("New York", "organization"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_the_kind_of_a_name(name, kind):
    assert type_of([], name.split()) == kind


def names_of(*names):
    found = Names()
    found.read([name.split() for name in names])
    return lambda name: getattr(found.find(name.split()), "text", None)


def test_a_surname_is_the_full_name_seen_in_the_text():
    who = names_of("Brink", "Ada Brink", "Mrs. Brink", "Ada J. Brink")
    assert who("Brink") == who("Mrs. Brink") == who("Ada Brink") == "Ada J. Brink"


def test_two_people_of_one_surname_stay_apart_where_the_title_tells():
    who = names_of("John Brink", "Mary Brink", "Mr. Brink", "Mrs. Brink")
    assert (who("Mr. Brink"), who("Mrs. Brink")) == ("John Brink", "Mary Brink")


def test_a_son_is_not_his_father():
    who = names_of("Jan Brink Jr.", "Jan Brink")
    assert who("Jan Brink") == "Jan Brink"
    assert who("Jan Brink Jr.") == "Jan Brink Jr."


def test_a_double_surname_is_the_full_name():
    who = names_of("Ada Holm Brink", "Holm Brink", "Brink")
    assert who("Holm Brink") == who("Brink") == "Ada Holm Brink"


def test_a_family_name_may_come_first():
    who = names_of("Xi Longwei", "Mr Xi")
    assert who("Mr Xi") == "Xi Longwei"


def test_a_hotel_is_not_the_man_it_is_named_after():
    who = names_of("Brink International Hotel", "Brink", "Ada Brink")
    assert who("Brink") == "Ada Brink"


def test_an_acronym_is_its_long_form():
    who = names_of("Tarn Harbour Association", "THA")
    assert who("THA") == "Tarn Harbour Association"


def test_capitals_of_a_transcript_are_the_person():
    who = names_of("BRINK", "Ada Brink")
    assert who("BRINK") == "Ada Brink"


@pytest.mark.parametrize(
    ("titles", "name", "sex"),
    [(["Mr."], ["Brink"], "M"), (["Ms"], ["Brink"], "F"), ([], ["Mary", "Brink"], "F"), ([], ["Brink"], "-")],
)
def test_titles_tell_the_sex_else_the_given_name_of_a_full_name(titles, name, sex):
    told = sex_of(titles)
    assert (told if told != "-" else likely_sex_of(name)) == sex


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("Mary Brink", "F"),
        ("Ottilie Brink", "F"),
        ("Lothar Brink", "M"),
        ("Zebulark Brink", "-"),
        ("Leslie Brink", "-"),
    ],
)
def test_a_given_name_tells_the_sex_as_far_as_its_bearers_do(name, likely):
    assert likely_sex_of(name.split()) == likely


def test_who_is_called_mr_fits_no_she_whatever_the_given_name():
    entity = Entity(["Beverly", "Brink"], "person", likely_sex="F")
    assert entity.fits("F") > 0 > entity.fits("M")
    entity.sexes["M"] += 2
    assert entity.fits("M") > 0 > entity.fits("F")


def test_an_organisation_is_no_short_form_of_a_person():
    found = Names()
    found.read([["Vale", "Tarnwear"], ["Tarnwear"], ["Tarnwear"]], ["PERSON", "ORG", "ORG"])
    assert found.find(["Tarnwear"]).text == "Tarnwear"
    found = Names()
    found.read([["Vale", "Brink"], ["Brink"], ["Brink"]], ["PERSON", "PERSON", ""])
    assert found.find(["Brink"]).text == "Vale Brink"
