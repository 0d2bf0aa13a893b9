"""Who a mention is: texts of ours, and the speakers that a reader would name."""

from __future__ import annotations

import pytest

from indexer.domain import Document
from indexer.nlp.analysis import load
from indexer.nlp.model import SHIPPED

NAMES = [
    ("Juan “Chico” Manrique of Tarn carried a photo. “I cried,” he said.", "Juan “Chico” Manrique"),
    ('Rep. Marie "Big Em" Oduya spoke. “We are late,” Oduya said.', 'Marie "Big Em" Oduya'),
    ("“We are late,” Yusuf al-Khatib told us.", "Yusuf al-Khatib"),
    ("Yusuf al-Khatib came early. “We are late,” al-Khatib said.", "Yusuf al-Khatib"),
    ("The Food and Drug Administration said the batch was “confined”.", "Food and Drug Administration"),
    ("Her old employer, Silver Linings Homecare, said it was “sickened”.", "Silver Linings Homecare"),
    (
        "The Constitution of the People’s Republic of Tarn says the coast “is for all”.",
        "Constitution of the People’s Republic of Tarn",
    ),
    ("Cllr Jacqui Threlfall left. “It took the haddock,” Cllr Threlfall said.", "Jacqui Threlfall"),
    ("“It is late,” said Chief Executive Joost van der Velden.", "Joost van der Velden"),
    ("Trinh Xuan Bao came as a child. Trinh smiled. “It is late,” Trinh said.", "Trinh Xuan Bao"),
]


@pytest.mark.parametrize(("text", "speaker"), NAMES)
def test_a_name_is_read_whole(read, text, speaker):
    assert [item.speaker for item in read(text) if item.kind != "term"] == [speaker]


MEANT = [
    ("The man lifted a sign of his own. “I am still here,” it read.", "a sign of his own"),
    ("Ada Brink won on Monday. Her campaign called the vote “a gift”.", "Ada Brink campaign"),
    ("The Tarn Post called on him to go. “He is late,” the left-leaning newspaper wrote.", "Tarn Post"),
    ("A fisherman identified only as Mang Doro came ashore. “I have a net,” he said.", "Mang Doro"),
    ("Marek Sikorski, 59, a bus driver, came late. “She still asks,” he said.", "Marek Sikorski"),
    ("A spokeswoman for the harbour, Pham Anh Thu, said it was “sad”.", "Pham Anh Thu"),
    ("The state Deputy Governor, Mrs. Folasade Akinrinola, said it was “sad”.", "Folasade Akinrinola"),
    ("(NNC) — Rep. Dwayne Tolliver, one of the last to speak, said Monday that it was “sad”.", "Dwayne Tolliver"),
    ("“It was stopped,” state TV quoted the commander of the navy, Behrang Tavallali, as saying.", "Behrang Tavallali"),
    ("“It was stopped,” Ada Brink was quoted by Tarn Radio as saying.", "Ada Brink"),
    ("One viewer was sad. Another said it was “the end”.", "Another"),
    ("Ada Brink went to bed. Her husband stayed up. “It is late,” he said.", "Her husband"),
    (
        "“It would be naive to wait,” Envoy Gennady Orlov said.\n\n“We have told them so,” the diplomat noted.",
        "Gennady Orlov",
    ),
]


@pytest.mark.parametrize(("text", "speaker"), MEANT)
def test_a_description_or_a_pronoun_goes_to_whom_it_means(text, speaker):
    assert load(SHIPPED).analyse(Document("a", text))[-1].speaker == speaker


def test_brackets_name_the_source_of_the_words_before_them(read):
    (item,) = read("The argument is old. “Cities forget their rivers until the rivers rise” (Brink, 2014).")
    assert (item.speaker, item.evidence) == ("Brink", "brackets after the quotation name ‘Brink’ as its source")


def test_a_pronoun_tells_the_sex_of_whom_it_surely_means():
    text = (
        "Elçin Rzazade takes the sunny view. “I am a logistician,” he told a meeting in Tarn.\n\n"
        "Nargiz Alakbarova was there too. She had held the post before Rzazade. “I am an accountant,” she said."
    )
    found = load(SHIPPED).analyse(Document("a", text))
    assert [item.speaker for item in found] == ["Elçin Rzazade", "Nargiz Alakbarova"]
