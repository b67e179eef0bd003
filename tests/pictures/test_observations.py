"""What a plot shows: which numbers, which of them may be joined, and what is said of them."""

from __future__ import annotations

import sqlite3

import pytest

from filiera.errors import NotFoundError
from filiera.pictures.dates import span
from filiera.pictures.numbers import Number, Plot
from filiera.pictures.observations import plots
from filiera.pictures.records import Named

Rows = list[tuple[str, str, float | None]]


def rows(plot: Plot) -> Rows:
    """Return what each number is about, its date as recorded, and its value."""
    return [(plot.label(n), n.when.text if n.when else "", n.value) for n in plot.numbers]


def test_a_plot_has_every_number_of_an_indicator(database: sqlite3.Connection) -> None:
    """The numbers come from all tables, in the order of subjects and dates."""
    (plot,) = plots(database, "workshops-count")

    assert rows(plot) == [
        ("Farholm", "1874", 1),
        ("Farholm", "1990", 110),
        ("Farholm", "2010", 87),
        ("Torre Lume", "1990", 1137),
        ("Torre Lume", "2010", 1210),
    ]


def test_numbers_of_different_tables_are_not_joined(database: sqlite3.Connection) -> None:
    """The number of the running text and those of the table make two lines, and it is said that nothing joins them."""
    (plot,) = plots(database, "workshops-count", ["farholm"])

    assert [[n.value for n in line.numbers] for line in plot.lines] == [[110, 87], [1]]
    assert plot.unjoined
    assert plot.sentence == (
        "Workshops (number): Farholm. From 1 (Farholm, 1874) to 110 (Farholm, 1990). "
        "3 observations from 2 tables; numbers of different tables are not joined."
    )


def test_a_part_of_a_flow_is_left_out_where_there_is_the_whole(database: sqlite3.Connection) -> None:
    """Farholm has a share of all exports, Torre Lume only one of those to two places."""
    (plot,) = plots(database, "export-share")
    (split,) = plots(database, "export-share", split=True)

    assert rows(plot) == [("Farholm", "2010", 41.5), ("Torre Lume", "2010", 9.5)]
    assert rows(split) == [
        ("Farholm", "2010", 41.5),
        ("Farholm: Seven Seas", "2010", 30),
        ("Torre Lume: Nordholm and Seven Seas", "2010", 9.5),
    ]


def test_a_change_reaches_from_its_first_date_to_its_last(database: sqlite3.Connection) -> None:
    """A number for a period is a change over it, and no point."""
    (plot,) = plots(database, "workshops-change", ["farholm"])

    assert [(n.change, n.when and (n.when.first, n.when.last)) for n in plot.numbers] == [(True, (1990, 2010))]
    assert plot.lines == ()


def test_an_uncertain_cell_is_told(database: sqlite3.Connection) -> None:
    """A cell that leaves doubt is uncertain in the table and in the sentence; its own unit goes before others."""
    (plot,) = plots(database, "workers-per-workshop")

    assert (plot.unit, [n.certain for n in plot.numbers]) == ("ratio", [False])
    assert plot.sentence.endswith("1 observation from 1 table, 1 uncertain.")
    assert plot.table().answer().dicts() == [
        {
            "subject": "torre-lume",
            "counterparts": "",
            "period": None,
            "value": 4,
            "printed": "about 4",
            "certain": "no",
            "table": "os14-table-1",
        }
    ]


def test_a_cell_in_words_is_in_the_table_only(database: sqlite3.Connection) -> None:
    """What has no number is not drawn, and that is said."""
    (plot,) = plots(database, "main-product")

    assert (plot.drawn, len(plot.table().rows)) == ((), 1)
    assert (
        plot.sentence
        == "Main product (rank, 1 is the first): Torre Lume. 1 observation from 1 table, 1 in the table only."
    )


@pytest.mark.parametrize(
    ("indicator", "subjects", "message"),
    [
        ("workshop-count", [], r"no indicator has the key 'workshop-count'; did you mean 'workshops-count'\?"),
        ("workshops-count", ["farhom"], r"no observation of 'workshops' is about 'farhom'; did you mean 'farholm'\?"),
        ("workshops-count", ["seven-seas"], "is about 'seven-seas'; there is farholm and torre-lume"),
    ],
)
def test_what_is_not_there_is_named(
    database: sqlite3.Connection, indicator: str, subjects: list[str], message: str
) -> None:
    """A wrong key is answered with the nearest, or with what there is."""
    with pytest.raises(NotFoundError, match=message):
        plots(database, indicator, subjects)


def number(value: float, year: str, table: str, *others: str) -> Number:
    """Return a number about Farholm, with other sides of its flow."""
    return Number(
        subject=Named("districts", "farholm", "Farholm"),
        counterparts=tuple(Named("places", other, other) for other in others),
        when=span(year),
        change=False,
        value=value,
        unit="percent",
        printed=str(value),
        certain=True,
        table=Named("tables", table, table),
    )


def plot_of(*numbers: Number) -> Plot:
    """Return a plot of numbers."""
    return Plot(Named("indicators", "share", "share"), "percent", "", "", numbers)


def test_a_join_knows_whether_the_other_side_is_the_same() -> None:
    """Numbers of one table are neighbours even if the largest market is another; the join says so."""
    (line,) = plot_of(number(9, "2001", "t", "a"), number(8, "2004", "t", "a"), number(7, "2010", "t", "b")).lines

    assert [same for *_, same in line.joins] == [True, False]


def test_a_table_that_repeats_another_makes_no_line() -> None:
    """What a section says again from a table is not joined a second time."""
    table = [number(9, "2001", "t"), number(8, "2004", "t"), number(7, "2010", "t")]
    text = [number(9, "2001", "s"), number(7, "2010", "s")]

    assert [len(line.numbers) for line in plot_of(*text, *table).lines] == [3]
    assert not plot_of(*text, *table).unjoined
