"""Stored questions, asked of the real records in both languages: the answers say what the documents say.

What is expected here is typed from reading the documents and the bibliography, never copied from an answer, so that
records, build and queries are held to the sources together. `read_in` names the document and the section read:
D is De Marchi, Lee and Gereffi, R the page of Rabellotti, S the essay of Sabel, B the bibliography.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from filiera.engines import Oxigraph, Sqlite
from filiera.questions import fill, questions
from filiera.schema import Schema

QUESTIONS = questions()

Engines = dict[str, Sqlite | Oxigraph]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Expected:
    """Rows of some columns of an answer: `whole` says that there are no others, `never` which must not be there."""

    kind: str
    question: str
    values: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    read_in: str
    whole: bool = False
    never: tuple[Row, ...] = ()


EXPECTED: list[Expected] = []


def expect(  # noqa: PLR0913  a row of a table
    kind: str,
    question: str,
    columns: str,
    /,
    *rows: Row,
    read_in: str,
    whole: bool = False,
    never: tuple[Row, ...] = (),
    **values: str,
) -> None:
    """Add to what is expected."""
    EXPECTED.append(Expected(kind, question, values, tuple(columns.split()), rows, read_in, whole, never))


DLG = "de-marchi-lee-gereffi-2014"
DLG_TEXT = "de-marchi-lee-gereffi-2014-manuscript"
PAGE = "rabellotti-value-chains-web-page"
SABEL = "sabel-2003-world-in-a-bottle"
SABEL_TEXT = "sabel-districts-draft"
GLOBALIZATION = ("globalization-crisis", "2001", "2004")
RECESSION = ("recession-crisis", "2007", "2010")
JEWELLERY = ("arezzo", "valenza-po", "vicenza")

# Tables: the numbers that the documents print.

expect(
    "tables",
    "exports-by-district",
    "district period_start period_end value unit",
    ("valenza-po", "2001", None, 464982, "thousand-euro"),
    ("arezzo", "2001", None, 1755734, "thousand-euro"),
    ("vicenza", "2001", None, 1980351, "thousand-euro"),
    ("valenza-po", "2010", None, 562484, "thousand-euro"),
    ("arezzo", "2010", None, 1531541, "thousand-euro"),
    ("vicenza", "2010", None, 1220070, "thousand-euro"),
    ("valenza-po", "2001", "2004", -13.9, "percent"),
    ("arezzo", "2001", "2004", -34.9, "percent"),
    ("vicenza", "2001", "2004", -27.2, "percent"),
    ("valenza-po", "2007", "2010", -12.9, "percent"),
    ("arezzo", "2007", "2010", 6.4, "percent"),
    ("vicenza", "2007", "2010", -20.3, "percent"),
    read_in="D 5.1, Table 3",
    whole=True,
)
expect(
    "tables",
    "change-in-crises",
    "crisis crisis_start crisis_end district counterpart value",
    ("globalization-crisis", "2002", "2003", "valenza-po", None, -13.9),
    ("globalization-crisis", "2002", "2003", "arezzo", None, -34.9),
    ("globalization-crisis", "2002", "2003", "vicenza", None, -27.2),
    ("recession-crisis", "2008", "2009", "valenza-po", None, -12.9),
    ("recession-crisis", "2008", "2009", "arezzo", None, 6.4),
    ("recession-crisis", "2008", "2009", "vicenza", None, -20.3),
    ("globalization-crisis", "2002", "2003", "arezzo", "central-asia", 333.5),
    ("recession-crisis", "2008", "2009", "valenza-po", "mercosur", 305.2),
    ("recession-crisis", "2008", "2009", "vicenza", "northern-africa", 153.3),
    read_in="D 3 for the dates of the crises; D 5.1, Tables 3 and 4",
    indicator="jewellery-exports-change",
)
expect(
    "tables",
    "trade-in-crises",
    "crisis indicator district period_start period_end value",
    *(
        (crisis, indicator, district, first, last, value)
        for crisis, first, last, indicator, numbers in (
            # Valenza Po, Arezzo, Vicenza, as the tables print them.
            (*GLOBALIZATION, "jewellery-exports-change", (-13.9, -34.9, -27.2)),
            (*GLOBALIZATION, "jewellery-imports-change", (-16.9, 1.8, 33.7)),
            (*GLOBALIZATION, "import-for-production-change", (-18.8, 21.3, 59.8)),
            (*GLOBALIZATION, "import-for-production-export-ratio-change", (-5.7, 86.4, 119.6)),
            (*RECESSION, "jewellery-exports-change", (-12.9, 6.4, -20.3)),
            (*RECESSION, "jewellery-imports-change", (-3.9, 95, -46.8)),
            (*RECESSION, "import-for-production-change", (-2.8, 156, -55)),
            (*RECESSION, "import-for-production-export-ratio-change", (11.7, 140.6, -43.6)),
        )
        for district, value in zip(("valenza-po", "arezzo", "vicenza"), numbers, strict=True)
    ),
    read_in="D 5.1, Table 3; D 5.2, Table 5",
    whole=True,
)
expect(
    "tables",
    "numbers-of-table",
    "subject indicator period_start value",
    ("italy", "share-of-world-jewellery-exports", "2001", 22.3),
    ("thailand", "share-of-world-jewellery-exports", "2001", 7.8),
    ("united-states", "share-of-world-jewellery-exports", "2001", 7.7),
    ("india", "share-of-world-jewellery-exports", "2001", 7.3),
    ("hong-kong", "share-of-world-jewellery-exports", "2001", 5.9),
    ("italy", "share-of-world-jewellery-exports", "2010", 10.4),
    ("china", "share-of-world-jewellery-exports", "2010", 10.3),
    ("india", "share-of-world-jewellery-exports", "2010", 10.2),
    ("united-states", "share-of-world-jewellery-exports", "2010", 8.2),
    ("france", "share-of-world-jewellery-exports", "2010", 7.5),
    ("united-states", "share-of-world-jewellery-imports", "2001", 33.6),
    ("united-kingdom", "share-of-world-jewellery-imports", "2001", 11),
    ("united-arab-emirates", "share-of-world-jewellery-imports", "2001", 8.9),
    ("japan", "share-of-world-jewellery-imports", "2001", 7.2),
    ("hong-kong", "share-of-world-jewellery-imports", "2001", 6.4),
    ("switzerland", "share-of-world-jewellery-imports", "2010", 15.4),
    ("united-states", "share-of-world-jewellery-imports", "2010", 14.6),
    ("united-arab-emirates", "share-of-world-jewellery-imports", "2010", 13.8),
    ("hong-kong", "share-of-world-jewellery-imports", "2010", 13.6),
    ("united-kingdom", "share-of-world-jewellery-imports", "2010", 7),
    read_in="D 3, Table 1",
    whole=True,
    table="dlg14-table-1",
)
expect(
    "tables",
    "numbers-of-table",
    "subject indicator period_start period_end value printed",
    ("valenza-po", "firms-count", "2010", None, 879, "879"),
    ("arezzo", "firms-count", "2010", None, 1220, "1,220"),
    ("vicenza", "firms-count", "2010", None, 713, "713"),
    ("valenza-po", "firms-change", "2002", "2010", -24, "-24.0%"),
    ("arezzo", "firms-change", "2002", "2010", -22.5, "-22.5%"),
    ("vicenza", "firms-change", "2002", "2010", -38.6, "-38.6%"),
    ("valenza-po", "employees-count", "2010", None, 6767, "6,767"),
    ("arezzo", "employees-count", "2010", None, 9077, "9,077"),
    ("vicenza", "employees-count", "2010", None, 6547, "6,547"),
    ("valenza-po", "employees-change", "2002", "2010", -25.8, "-25.8%"),
    ("arezzo", "employees-change", "2002", "2010", -35.5, "-35.5%"),
    ("vicenza", "employees-change", "2002", "2010", -43.9, "-43.9%"),
    read_in="D 5, Table 2",
    whole=True,
    table="dlg14-table-2",
)
expect(
    "tables",
    "numbers-of-table",
    "subject counterpart period_start printed",
    ("valenza-po", "switzerland", "2001", "23.4%"),
    ("valenza-po", "switzerland", "2004", "35.8%"),
    ("valenza-po", "switzerland", "2010", "47.7%"),
    ("arezzo", "united-states", "2001", "32.2%"),
    ("arezzo", "united-states", "2004", "31.4%"),
    ("arezzo", "united-arab-emirates", "2010", "31.9%"),
    ("vicenza", "united-states", "2001", "39.6%"),
    ("vicenza", "united-states", "2004", "26.8%"),
    ("vicenza", "united-arab-emirates", "2010", "14.3%"),
    # The emerging economies among the ten top markets of Arezzo and Vicenza; Valenza Po has none.
    ("valenza-po", None, "2001", "0%"),
    ("valenza-po", None, "2004", "0%"),
    ("valenza-po", None, "2010", "0%"),
    ("arezzo", "panama", "2001", "13.0%"),
    ("arezzo", "french-antilles", "2001", "13.0%"),
    ("arezzo", "panama", "2004", "8.4%"),
    ("arezzo", "turkey", "2004", "8.4%"),
    ("arezzo", "turkey", "2010", "14.6%"),
    ("arezzo", "panama", "2010", "14.6%"),
    ("arezzo", "tunisia", "2010", "14.6%"),
    ("vicenza", "china", "2001", "3.1%"),
    ("vicenza", "china", "2004", "12%"),
    ("vicenza", "jordan", "2004", "12%"),
    ("vicenza", "china", "2010", "19.4%"),
    ("vicenza", "libya", "2010", "19.4%"),
    ("vicenza", "jordan", "2010", "19.4%"),
    # The faster growing destinations.
    ("valenza-po", "central-western-europe", "2001", "+36.8%"),
    ("valenza-po", "central-asia", "2001", "+16%"),
    ("arezzo", "central-asia", "2001", "+333.5%"),
    ("arezzo", "central-western-europe", "2001", "+46.7%"),
    ("vicenza", "central-asia", "2001", "+122.5%"),
    ("vicenza", "mediterranean-area", "2001", "+102.3%"),
    ("valenza-po", "mercosur", "2007", "+305.2%"),
    ("valenza-po", "central-asia", "2007", "+265.1%"),
    ("arezzo", "central-asia", "2007", "+251.2%"),
    ("arezzo", "mercosur", "2007", "+236.2%"),
    ("vicenza", "northern-africa", "2007", "+153.3%"),
    ("vicenza", "mercosur", "2007", "+133.1%"),
    read_in="D 5.1, Table 4",
    whole=True,
    table="dlg14-table-4",
)
expect(
    "tables",
    "numbers-of-table",
    "subject indicator period_start period_end value",
    *(
        (district, indicator, first, last, value)
        for first, last, district, *values in (
            ("2001", None, "valenza-po", 297562, 283837, 61),
            ("2001", None, "arezzo", 33822, 17859, 1),
            ("2001", None, "vicenza", 105775, 65651, 3.3),
            ("2010", None, "valenza-po", 430349, 411724, 73.2),
            ("2010", None, "arezzo", 98074, 91962, 6),
            ("2010", None, "vicenza", 128851, 93864, 7.7),
        )
        for indicator, value in zip(
            ("jewellery-imports-value", "import-for-production-value", "import-for-production-export-ratio"),
            values,
            strict=True,
        )
    ),
    *(
        (district, f"{indicator}-change", first, last, value)
        for first, last, district, *values in (
            ("2001", "2004", "valenza-po", -16.9, -18.8, -5.7),
            ("2001", "2004", "arezzo", 1.8, 21.3, 86.4),
            ("2001", "2004", "vicenza", 33.7, 59.8, 119.6),
            ("2007", "2010", "valenza-po", -3.9, -2.8, 11.7),
            ("2007", "2010", "arezzo", 95, 156, 140.6),
            ("2007", "2010", "vicenza", -46.8, -55, -43.6),
        )
        for indicator, value in zip(
            ("jewellery-imports", "import-for-production", "import-for-production-export-ratio"), values, strict=True
        )
    ),
    read_in="D 5.2, Table 5",
    whole=True,
    table="dlg14-table-5",
)
expect(
    "tables",
    "numbers-of-table",
    "subject counterpart period_start printed",
    ("valenza-po", "belgium", "2001", "54.9%"),
    ("valenza-po", "belgium", "2004", "49.5%"),
    ("valenza-po", "switzerland", "2010", "45.5%"),
    ("arezzo", "united-states", "2001", "21.0%"),
    ("arezzo", "china", "2004", "15.4%"),
    ("arezzo", "france", "2010", "28.6%"),
    ("vicenza", "switzerland", "2001", "23.6%"),
    ("vicenza", "hong-kong", "2004", "13.9%"),
    ("vicenza", "belgium", "2010", "12.7%"),
    *(
        (district, country, year, printed)
        for district, year, printed, countries in (
            ("valenza-po", "2001", "9.0%", "india thailand"),
            ("valenza-po", "2004", "8.5%", "india thailand china"),
            ("valenza-po", "2010", "10.3%", "india thailand china"),
            ("arezzo", "2001", "44.3%", "turkey china thailand"),
            ("arezzo", "2004", "61.6%", "china turkey jordan thailand india romania"),
            ("arezzo", "2010", "33.3%", "tunisia china jordan thailand india romania"),
            ("vicenza", "2001", "33.6%", "thailand china turkey"),
            ("vicenza", "2004", "33.8%", "thailand china turkey"),
            ("vicenza", "2010", "58.8%", "india china philippines thailand turkey romania"),
        )
        for country in countries.split()
    ),
    ("valenza-po", "africa", "2001", "+22,989.7%"),
    ("valenza-po", "oceania", "2001", "+1,278.4%"),
    ("arezzo", "central-western-europe", "2001", "+296.5%"),
    ("arezzo", "central-asia", "2001", "+232.3%"),
    ("vicenza", "central-western-europe", "2001", "+1,010.2%"),
    ("vicenza", "africa", "2001", "+964.6%"),
    ("valenza-po", "mercosur", "2007", "+147.1%"),
    ("valenza-po", "european-non-eu-countries", "2007", "+65.5%"),
    ("arezzo", "mercosur", "2007", "+1,468.7%"),
    ("arezzo", "europe", "2007", "+755.7%"),
    ("vicenza", "northern-africa", "2007", "+4,841.9%"),
    ("vicenza", "central-asia", "2007", "+335.4%"),
    read_in="D 5.2, Table 6",
    whole=True,
    table="dlg14-table-6",
)
expect(
    "tables",
    "numbers-of-table",
    "indicator period_start subject value",
    *(
        (f"rank-by-{indicator}", year, district, rank)
        for indicator, year, *ranks in (
            ("jewellery-exports-change", "2001", 1, 3, 2),
            ("jewellery-exports-change", "2007", 2, 1, 3),
            ("import-for-production-change", "2001", 3, 2, 1),
            ("import-for-production-change", "2007", 2, 1, 3),
            # The cells of this row are scattered in the file; the changes in Table 5 give their order.
            ("import-for-production-export-ratio-change", "2001", 3, 2, 1),
            ("import-for-production-export-ratio-change", "2007", 2, 1, 3),
        )
        for district, rank in zip(("valenza-po", "arezzo", "vicenza"), ranks, strict=True)
    ),
    read_in="D 6, Table 7",
    table="dlg14-table-7",
)
expect(
    "tables",
    "numbers-of-table",
    "subject counterpart period_start period_end value unit",
    ("world", None, "2000", "2009", -45.5, "percent"),
    ("world", None, "2001", None, 16, "billion-dollar"),
    ("world", None, "2010", None, 44, "billion-dollar"),
    ("world", "india", "2010", None, 20.5, "percent"),
    ("world", "china", "2001", None, 13, "percent"),
    ("italy", None, "2002", "2003", -18.7, "percent"),
    ("italy", None, "2001", "2009", -53.8, "percent"),
    ("italy", None, "2007", "2010", -25.8, "percent"),
    ("italy", "united-states", "2001", None, 32.1, "percent"),
    ("italy", "united-states", "2010", None, 10.2, "percent"),
    ("italy", "united-states", "2010", None, 3, "rank"),
    read_in="D 3",
    table="dlg14-numbers-3",
)
expect(
    "tables",
    "numbers-of-table",
    "subject counterpart period_start value printed",
    ("vicenza", None, "2001", 35.5, "35.5%"),
    ("vicenza", None, "2010", 26.7, "26.7%"),
    ("valenza-po", "united-states", "2000", -59.7, "59.7%"),
    ("vicenza", "united-states", "2000", -78.9, "78.9%"),
    ("arezzo", "turkey", "2000", 21, "21st"),
    ("arezzo", "turkey", "2010", 4, "fourth"),
    read_in="D 5.1",
    table="dlg14-numbers-51",
)
expect(
    "tables",
    "ratios-recomputed",
    "subject period_start numerator_value denominator_value printed computed follows",
    ("valenza-po", "2001", 283837, 464982, "61.0%", 61, "yes"),
    ("arezzo", "2001", 17859, 1755734, "1.0%", 1, "yes"),
    ("vicenza", "2001", 65651, 1980351, "3.3%", 3.3, "yes"),
    ("valenza-po", "2010", 411724, 562484, "73.2%", 73.2, "yes"),
    ("arezzo", "2010", 91962, 1531541, "6.0%", 6, "yes"),
    ("vicenza", "2010", 93864, 1220070, "7.7%", 7.7, "yes"),
    read_in="D 5.2, Table 5, divided by hand by D 5.1, Table 3",
    whole=True,
)
expect(
    "tables",
    "numbers-printed-twice",
    "subject indicator value other_value agrees",
    ("italy", "share-of-world-jewellery-exports", 22.3, 22.3, "yes"),
    ("united-states", "share-of-world-jewellery-imports", 33.6, 33.6, "yes"),
    ("united-states", "share-of-world-jewellery-imports", 14.6, 14.6, "yes"),
    ("vicenza", "largest-export-market-share", 39.6, 39.6, "yes"),
    ("vicenza", "largest-export-market-share", 14.3, 14.3, "yes"),
    ("arezzo", "jewellery-exports-change", 6.4, 6.4, "yes"),
    ("vicenza", "firms-change", -38.6, -38.6, "yes"),
    read_in="D 3 and Table 1; D 5 and Table 2; D 5.1 and Tables 3 and 4",
)
expect(
    "tables",
    "uncertain-cells",
    "table subject indicator printed",
    # Trissino lies west of Vicenza; the text gives 40 kilometres for Bassano and Trissino together.
    ("dlg14-numbers-4", "bassano-del-grappa", "distance", "40"),
    ("dlg14-numbers-4", "trissino", "distance", "40"),
    # The years of "10 years before" are not named.
    ("dlg14-numbers-51", "valenza-po", "jewellery-exports-change", "59.7%"),
    ("dlg14-numbers-51", "vicenza", "jewellery-exports-change", "78.9%"),
    read_in="D 4; D 5.1",
)
expect(
    "tables",
    "uncertain-cells-of-table",
    "subject indicator period_start period_end printed",
    # These cells stand before the label of their row, beside another, so that the columns are in doubt.
    ("vicenza", "main-export-destinations", "2001", "2004", "Advanced"),
    ("arezzo", "main-export-destinations", "2007", "2010", "Emerging & advanced"),
    read_in="D 6, Table 7",
    table="dlg14-table-7",
)
expect(
    "tables",
    "data-sources",
    "table source",
    ("dlg14-table-1", "un-comtrade-data"),
    ("dlg14-table-2", "chamber-of-commerce-data"),
    ("dlg14-table-2", "movimprese-data"),
    ("dlg14-table-3", "istat-foreign-trade-data"),
    ("dlg14-table-4", "istat-foreign-trade-data"),
    ("dlg14-table-5", "istat-foreign-trade-data"),
    ("dlg14-table-6", "istat-foreign-trade-data"),
    ("dlg14-table-7", "istat-foreign-trade-data"),
    ("dlg14-numbers-3", "thomson-reuters-gfms-data"),
    read_in="D, the source lines of Tables 1 to 7; D 3",
)
expect(
    "tables",
    "trade-with",
    "subject period_start printed",
    ("valenza-po", "2001", "23.4%"),
    ("valenza-po", "2004", "35.8%"),
    ("valenza-po", "2010", "47.7%"),
    ("valenza-po", "2010", "45.5%"),
    ("vicenza", "2001", "23.6%"),
    read_in="D 5.1, Table 4; D 5.2, Table 6",
    counterpart="switzerland",
)
expect(
    "tables",
    "trade-with",
    "subject period_start printed",
    ("valenza-po", "2007", "+305.2%"),
    ("arezzo", "2007", "+236.2%"),
    ("vicenza", "2007", "+133.1%"),
    ("valenza-po", "2007", "+147.1%"),
    ("arezzo", "2007", "+1,468.7%"),
    read_in="D 5.1, Table 4; D 5.2, Table 6",
    whole=True,
    counterpart="mercosur",
)

# Indicators.

expect(
    "indicators",
    "indicators-in-use",
    "indicator unit numbers",
    ("jewellery-exports-value", "thousand-euro", 6),
    ("jewellery-imports-value", "thousand-euro", 6),
    ("import-for-production-value", "thousand-euro", 6),
    ("import-for-production-export-ratio", "percent", 6),
    ("firms-count", "count", 3),
    ("employees-count", "count", 3),
    ("gold-jewellery-trade-value", "billion-dollar", 2),
    read_in="D 5.1, Table 3; D 5.2, Table 5; D 5, Table 2; D 3",
)
expect(
    "indicators",
    "numbers-about",
    "period_start value unit printed",
    (None, 1, "count", "one"),
    ("2010", 1220, "count", "1,220"),
    ("2010", 9077, "count", "9,077"),
    ("2001", 1755734, "thousand-euro", "1,755,734"),
    ("2010", 4, "rank", "fourth"),
    ("2000", 21, "rank", "21st"),
    ("2010", 98074, "thousand-euro", "98,074"),
    read_in="D 4; D 5, Table 2; D 5.1; D 5.2",
    subject="arezzo",
)
expect(
    "indicators",
    "numbers-about",
    "period_start value unit",
    ("1926", 1926, "year"),
    ("196X", 1, "rank"),
    read_in="D 4: founded in 1926, the largest exporter of Europe and producer of the world in the 1960s",
    subject="uno-a-erre",
)

# Districts.

expect(
    "districts",
    "districts-within",
    "district",
    ("valenza-po",),
    ("arezzo",),
    ("vicenza",),
    ("prato",),
    ("montebelluna",),
    ("marche-footwear",),
    ("riviera-del-brenta",),
    ("emilia-romagna-districts",),
    ("southern-italian-districts",),
    ("turin-automotive-district",),
    read_in="D 2, 4 and 7; R 5; S, the first pages",
    whole=True,
    place="italy",
)
expect(
    "districts",
    "districts-within",
    "district industry",
    ("valenza-po", "gold jewellery"),
    read_in="D 4: in the North-West of Italy",
    place="north-west-italy",
    never=(("arezzo", "gold jewellery"), ("vicenza", "gold jewellery")),
)
expect(
    "districts",
    "districts-within",
    "district industry",
    ("arezzo", "gold jewellery"),
    read_in="D 4: in the centre of Italy",
    place="central-italy",
    never=(("valenza-po", "gold jewellery"), ("vicenza", "gold jewellery")),
)
expect(
    "districts",
    "districts-within",
    "district industry",
    ("vicenza", "gold jewellery"),
    ("riviera-del-brenta", "footwear"),
    read_in="D 4: in the North-East of Italy; R 5",
    place="north-east-italy",
    never=(("valenza-po", "gold jewellery"), ("arezzo", "gold jewellery")),
)

# Firms.

expect(
    "firms",
    "firms-of-district",
    "name role",
    ("Cielo Venezia 1270", "branded-firm"),
    ("Chimento", "branded-firm"),
    ("Roberto Coin", "branded-firm"),
    ("Muraro", "branded-firm"),
    read_in="D 6: big firms with strong brands",
    whole=True,
    district="vicenza",
)
expect(
    "firms",
    "firms-of-district",
    "name",
    ("Damiani",),
    ("Bulgari",),
    ("Crova-Bulgari",),
    ("Crivelli",),
    read_in="D 4 and 6",
    whole=True,
    district="valenza-po",
)
expect(
    "firms",
    "firms-of-district",
    "name role period_end",
    ("Uno-a-Erre", "lead-firm", "199X"),
    ("Graziella Group", "dynamic-firm", None),
    read_in="D 6: lead firm until the 1990s; one of the most successful firms of a dynamic group",
    whole=True,
    district="arezzo",
)
expect(
    "firms",
    "firms-outside-districts",
    "name place",
    ("Morellato", "padua-province"),
    ("Asolo Gold", "treviso-province"),
    read_in="D 7",
    whole=True,
    chain="gold jewellery",
)
expect(
    "firms",
    "lead-firms",
    "firm district section",
    ("damiani", "valenza-po", "4"),
    ("bulgari", "valenza-po", "4"),
    ("damiani", "valenza-po", "6"),
    ("crova-bulgari", "valenza-po", "6"),
    ("uno-a-erre", "arezzo", "4"),
    ("uno-a-erre", "arezzo", "6"),
    read_in="D 4: local lead firms; D 6: the two main lead firms, the almost unique lead firm",
    whole=True,
)

# Places.

expect(
    "places",
    "places-within",
    "inner_place type part_of",
    ("padua-province", "province", "veneto"),
    ("treviso-province", "province", "veneto"),
    ("vicenza-province", "province", "veneto"),
    ("vicenza-town", "town", "vicenza-province"),
    ("bassano-del-grappa", "town", "vicenza-province"),
    ("trissino", "town", "vicenza-province"),
    read_in="D 4: the city of Vicenza, and Bassano and Trissino; D 7: the provinces of Padova and Treviso",
    place="veneto",
)

expect(
    "places",
    "places-within",
    "inner_place part_of",
    ("north-west-italy", "italy"),
    ("central-italy", "italy"),
    ("north-east-italy", "italy"),
    ("southern-italy", "italy"),
    ("third-italy", "italy"),
    ("sardinia", "italy"),
    ("emilia-romagna", "italy"),
    ("piedmont", "north-west-italy"),
    ("milan", "north-west-italy"),
    read_in="D 4 and 6; S, the first pages and 6",
    place="italy",
)

# Institutions.

expect(
    "institutions",
    "institutions-of-district",
    "institution type",
    ("valenza-po-collective-institutions", "group"),
    read_in="D 4: collective institutions played a key role; none is named",
    whole=True,
    district="valenza-po",
)
expect(
    "institutions",
    "institutions-of-district",
    "name type place",
    ("Vicenza Fair", "fair", "vicenza-town"),
    read_in="D 4 and 6",
    district="vicenza",
)
expect(
    "institutions",
    "institutions-of-district",
    "institution type",
    ("arezzo-collective-institutions", "group"),
    ("arezzo-public-authorities", "group"),
    read_in="D 4: institutions on the initiative of a few lead firms and the public authorities",
    whole=True,
    district="arezzo",
)

# Concepts.

expect(
    "concepts",
    "concepts-of-scheme",
    "concept",
    ("globalization-crisis",),
    ("recession-crisis",),
    read_in="D 3",
    whole=True,
    scheme="shock",
)
expect(
    "concepts",
    "concepts-of-scheme",
    "concept broader",
    ("process-upgrading", "economic-upgrading"),
    ("functional-upgrading", "economic-upgrading"),
    ("economic-upgrading", "upgrading"),
    ("social-upgrading", "upgrading"),
    ("partial-upgrading", "upgrading"),
    ("functional-downgrading", "downgrading"),
    ("downgrading", None),
    read_in="D 2: economic (process or functional) upgrading, social upgrading; D 6; R 5",
    scheme="upgrading",
)
expect(
    "concepts",
    "concepts-of-scheme",
    "concept broader",
    ("downstream-internationalisation", "internationalisation"),
    ("upstream-internationalisation", "internationalisation"),
    ("passive-internationalisation", "internationalisation"),
    read_in="D 2 and 5",
    scheme="internationalisation",
)
expect(
    "concepts",
    "concept-senses",
    "work section",
    (SABEL, "4"),
    read_in="S 4 says what governance is to mean; the others use the word and do not say",
    whole=True,
    concept="governance",
)
expect(
    "concepts",
    "concept-senses",
    "work section",
    (DLG, "5"),
    read_in="D 5: the export of final goods",
    whole=True,
    concept="downstream-internationalisation",
)
expect(
    "concepts",
    "concept-senses",
    "work section",
    (SABEL, "1"),
    read_in="S 1",
    whole=True,
    concept="disruptive-technology",
)
expect(
    "concepts",
    "claims-under-concept",
    "about claim kind",
    ("functional-upgrading", "dlg14-6-valenza-po-some-functionally-upgraded", "finding"),
    ("functional-upgrading", "dlg14-7-functional-upgrading-explains-heterogeneity", "interpretation"),
    ("process-upgrading", "dlg14-6-valenza-po-past-focus-on-process-upgrading", "finding"),
    read_in="D 6 and 7",
    concept="upgrading",
)
expect(
    "concepts",
    "concept-in-documents",
    "document section part",
    (DLG_TEXT, "1", "claim"),
    (PAGE, "2", "claim"),
    (PAGE, "5", "claim"),
    (SABEL_TEXT, "intro", "claim"),
    (SABEL_TEXT, "2", "claim"),
    (SABEL_TEXT, "intro", "definition"),
    read_in="D 1; R 2 and 5; S, the first pages (what is now called globalization) and 2",
    concept="globalisation",
)

# Cases.

expect(
    "cases",
    "cases-compared",
    "case_id period_start period_end governance governance_type lead_firms",
    ("case-valenza-po-2001-2010", "2001", "2010", "not-stated", None, "inside"),
    ("case-vicenza-2001-2010", "2001", "2010", "not-stated", None, "inside"),
    read_in="D 1 for the period; D 6: lead firms still play an important part, or a weak one; no type of governance",
)
expect(
    "cases",
    "governance-not-stated",
    "case_id work",
    ("case-valenza-po-2001-2010", DLG),
    ("case-arezzo-2001-2010", DLG),
    ("case-vicenza-2001-2010", DLG),
    ("case-prato-passive-internationalisation", DLG),
    ("case-montebelluna-passive-internationalisation", DLG),
    # R 5 asks which types of governance there are, and does not answer.
    ("case-riviera-del-brenta-top-brand-chain", "rabellotti-brenta-economia-politica-industriale"),
    ("case-riviera-del-brenta-high-quality-chain", "rabellotti-brenta-economia-politica-industriale"),
    # R 2 says that the form of governance matters, and names none.
    ("case-latin-american-clusters-upgrading-to-compete", "pietrobelli-rabellotti-2006"),
    ("case-turin-fiat-2003", SABEL),
    ("case-patti-territoriali-1996-2003", SABEL),
    read_in="D 2 and 6; R 2 and 5; S, the first pages and 6",
)
expect(
    "cases",
    "upgrading-by-district",
    "district upgrading direction",
    ("valenza-po", "functional-upgrading", "up"),
    ("valenza-po", "product-upgrading", "up"),
    ("arezzo", "quality-upgrading", "up"),
    ("vicenza", "downgrading", "down"),
    ("vicenza", "partial-upgrading", "up"),
    ("vicenza", "functional-upgrading", "none"),
    ("riviera-del-brenta", "functional-downgrading", "down"),
    read_in="D 6 and 7; R 5",
    never=(
        ("vicenza", "functional-upgrading", "up"),
        ("valenza-po", "downgrading", "down"),
        ("arezzo", "downgrading", "down"),
    ),
)
expect(
    "cases",
    "upgrading-compared",
    "case_id upgrading direction",
    ("case-valenza-po-2001-2010", "functional-upgrading", "up"),
    ("case-vicenza-2001-2010", "downgrading", "down"),
    ("case-riviera-del-brenta-top-brand-chain", "functional-downgrading", "down"),
    # Nothing is told of moves up or down here.
    ("case-riviera-del-brenta-high-quality-chain", None, None),
    ("case-prato-passive-internationalisation", None, None),
    ("case-montebelluna-passive-internationalisation", None, None),
    ("case-turin-fiat-2003", None, None),
    read_in="D 2 and 6; R 5; S, the first pages",
)
expect(
    "cases",
    "claims-behind-moves",
    "case_id direction claim",
    ("case-valenza-po-2001-2010", "up", "dlg14-6-valenza-po-some-functionally-upgraded"),
    ("case-vicenza-2001-2010", "none", "dlg14-6-vicenza-partial-upgrading-not-functional"),
    read_in="D 6",
    upgrading="functional-upgrading",
)

# Claims.

expect(
    "claims",
    "claims-of-kind",
    "claim section",
    # The author writes "my strong hunch", "my hunch", "my hunch, of course", "may well", "perhaps", "it may be".
    ("sab-3-hunch-disciplines-mitigate-blindness", "3"),
    ("sab-3-hunch-disciplines-shape-links", "3"),
    ("sab-4-hunch-district-firms-can-teach", "4"),
    ("sab-4-hunch-district-firms-can-learn", "4"),
    ("sab-closing-hunch-projects-converge", "closing"),
    ("sab-closing-hunch-two-cases-of-one-story", "closing"),
    ("sab-intro-turin-may-survive-as-district", "intro"),
    ("sab-intro-developments-may-outgrow-conceptions", "intro"),
    ("sab-intro-original-distinctions-may-be-flawed", "intro"),
    read_in="S 3, 4, the end and the first pages",
    work=SABEL,
    kind="conjecture",
)
expect(
    "claims",
    "claims-of-kind",
    "claim section",
    ("sab-1-what-keeps-clusters-innovative", "1"),
    ("sab-2-what-production-systems-are-clusters-part-of", "2"),
    ("sab-3-how-do-clusters-respond-to-formalisation", "3"),
    ("sab-5-how-is-provision-changing", "5"),
    ("sab-6-what-to-learn-from-creating-districts", "6"),
    read_in="S, the numbered questions",
    work=SABEL,
    kind="question",
)
expect(
    "claims",
    "claims-of-kind",
    "claim section",
    # "which may reflect also", "may well explain", "It may still be too early".
    ("dlg14-52-vicenza-fall-may-reflect-quality-of-imports", "5.2"),
    ("dlg14-6-arezzo-upgrading-may-explain-performance", "6"),
    ("dlg14-6-arezzo-upgrading-may-explain-imports", "6"),
    ("dlg14-7-too-early-for-full-effects-of-recession", "note 3"),
    read_in="D 5.2, 6 and note 3",
    work=DLG,
    kind="conjecture",
)
expect(
    "claims",
    "who-disagrees",
    "held_by other_held_by stated_by",
    *(
        (optimist, sceptic, "source")
        for optimist in ("becattini-dei-ottati-2006", "chiarvesio-di-maria-2009")
        for sceptic in ("nardozzi-2004", "alberti-2006", "ramazzotti-2010")
    ),
    *(
        (sceptic, optimist, "source")
        for optimist in ("becattini-dei-ottati-2006", "chiarvesio-di-maria-2009")
        for sceptic in ("nardozzi-2004", "alberti-2006", "ramazzotti-2010")
    ),
    read_in="D 1: sceptics who argue for the decline, and other scholars",
    subject="industrial-district",
)
expect(
    "claims",
    "related-claims",
    "claim other_claim stated_by",
    ("dlg14-1-district-firms-perform-no-worse", "dlg14-1-sceptics-district-model-declines", "source"),
    # S speaks of two utterly contradictory dynamics.
    ("sab-1-success-as-burden", "sab-1-winner-take-all-economy", "source"),
    read_in="D 1; S 1",
    relation="disputes",
)
expect(
    "claims",
    "curator-links",
    "claim other_claim",
    # D nowhere sets these two sections against each other.
    ("dlg14-7-arezzo-vicenza-serve-similar-markets", "dlg14-4-districts-distinct-market-niches"),
    # No document knows the other two.
    ("sab-intro-little-doubt-about-clusters-performance", "dlg14-1-sceptics-district-model-declines"),
    read_in="D 4 and 7; S, the first pages",
    never=(("dlg14-1-district-firms-perform-no-worse", "dlg14-1-sceptics-district-model-declines"),),
    relation="disputes",
)
expect(
    "claims",
    "claims-held-by",
    "claim reported_by section",
    ("dlg14-1-sceptics-district-model-declines", DLG, "1"),
    ("dlg14-1-sceptics-small-firms-a-constraint", DLG, "1"),
    ("dlg14-1-sceptics-traditional-industries-a-constraint", DLG, "1"),
    ("dlg14-1-sceptics-local-relations-a-constraint", DLG, "1"),
    read_in="D 1: the decline, and three features that are constraints",
    whole=True,
    holder="nardozzi-2004",
)
expect(
    "claims",
    "claims-about",
    "claim kind section",
    ("dlg14-51-vicenza-worst-in-exports", "finding", "5.1"),
    ("dlg14-5-vicenza-firms-fell-most-38-6-percent", "finding", "5"),
    ("dlg14-6-vicenza-majority-unbranded-subcontractors", "finding", "6"),
    ("dlg14-7-vicenza-weak-lead-firms", "finding", "7"),
    read_in="D 5, 5.1, 6 and 7",
    subject="vicenza",
)
expect(
    "claims",
    "claims-linking",
    "claim period_start period_end",
    ("dlg14-51-vicenza-exports-fell-2007-2010", "2007", "2010"),
    ("dlg14-6-vicenza-very-few-firms-gained-ground", "2008", "2009"),
    ("dlg14-6-vicenza-firms-downgrade-to-silver", "2008", "2009"),
    read_in="D 5.1 and 6",
    subject="vicenza",
    other="recession-crisis",
)
expect(
    "claims",
    "claims-with-works",
    "claim rests_on printed",
    ("dlg14-51-scale-based-firms-suffered-most", "crei-2007", "CREI (2007)"),
    read_in="D 5.1",
    subject="economies-of-scale",
)
expect(
    "claims",
    "claims-of-section",
    "claim kind",
    ("sab-note-1-coffee-on-shift-from-shareholder-value", "finding"),
    ("sab-note-1-coffee-on-boards-and-shareholders", "finding"),
    ("sab-note-1-zingales-finance-must-be-rethought", "interpretation"),
    ("sab-note-1-zingales-thoughtful-on-finance", "praise"),
    read_in="S, the note",
    document=SABEL_TEXT,
    section="note 1",
)
expect(
    "claims",
    "claims-of-section",
    "claim kind",
    ("rab-5-producers-accept-functional-downgrading", "finding"),
    ("rab-5-producers-abandon-design", "finding"),
    ("rab-5-producers-abandon-marketing", "finding"),
    ("rab-5-top-brand-producers-perform-better", "finding"),
    ("rab-5-types-of-governance", "question"),
    ("rab-5-chain-leaders-inside-or-outside", "question"),
    read_in="R 5",
    document=PAGE,
    section="5",
)
expect(
    "claims",
    "claims-by-basis",
    "district kind basis",
    *((district, "finding", "official-statistics") for district in JEWELLERY),
    ("vicenza", "interpretation", "interviews"),
    read_in="D 5 to 5.2; D 6: according to industry experts; R 5 has no numbers",
    never=(("riviera-del-brenta", "finding", "official-statistics"),),
)

# Works.

expect(
    "works",
    "unresolved-works",
    "work",
    ("assicor-aaster-2008",),
    ("chamber-of-commerce-data",),
    ("coro-2006",),
    ("coro-et-al-2005",),
    ("crei-2007",),
    ("federazione-distretti-italiani-unicredit-2010",),
    ("gereffi-lee-2008",),
    ("grandinetti-et-al-2009",),
    ("nomisma-santanna-2006",),
    ("piva-unidentified-studies",),
    ("rossi-n-unidentified-quotation",),
    ("unicredit-federazione-distretti-italiani-2011",),
    read_in="B: works whose match is unresolved, or whose referent is unidentified",
    whole=True,
)
expect(
    "works",
    "unresolved-works",
    "work cited_as issued",
    ("crei-2007", "CREI (2007)", "2007"),
    ("coro-2006", "Corò, 2006", "2006"),
    ("nomisma-santanna-2006", "NOMISMA & Istituto S. Anna, 2006", "2006"),
    ("nomisma-santanna-2006", "NOMISMA and Istituto S. Anna, 2006", "2006"),
    read_in="D 3, 5.1 and 6",
)
expect(
    "works",
    "works-cited-for-both",
    "work printed",
    ("nomisma-santanna-2006", "NOMISMA & Istituto S. Anna, 2006"),
    ("gaggio-2006", "Gaggio, 2006"),
    ("assicor-aaster-2008", "Assicor-Aaster, 2008"),
    read_in="D 5.1, on the relocation of Uno-a-Erre's production",
    whole=True,
    subject="uno-a-erre",
    other="delocalisation",
)
expect(
    "works",
    "works-cited-for",
    "work",
    ("nomisma-santanna-2006",),
    ("gaggio-2006",),
    ("gaggio-2007",),
    ("assicor-aaster-2008",),
    read_in="D 4, 5.1 and 6",
    whole=True,
    subject="uno-a-erre",
)
expect(
    "works",
    "who-cites",
    "citing relation printed",
    (DLG, "obtains-background-from", "Gaggio 2006, 2007"),
    (DLG, "cites-as-evidence", "Gaggio, 2006"),
    (DLG, "cites-as-evidence", "Gaggio, 2006, 2007"),
    read_in="D 1 (a notable exception), 4 and 5.1",
    whole=True,
    work="gaggio-2006",
)
expect(
    "works",
    "claims-resting-on",
    "citing claim printed",
    (DLG, "dlg14-51-scale-based-firms-suffered-most", "CREI (2007)"),
    read_in="D 5.1",
    whole=True,
    work="crei-2007",
)
expect(
    "works",
    "claims-resting-on",
    "citing claim",
    (DLG, "dlg14-7-footwear-district-similar-delocalisation"),
    read_in="D 7",
    whole=True,
    work="cutrini-2011",
)
expect(
    "works",
    "most-cited-works",
    "work issued verification",
    ("assicor-aaster-2008", "2008", "unresolved"),
    ("gaggio-2006", "2006", "confirmed"),
    ("rabellotti-carabelli-hirsch-2009", "2009", "confirmed"),
    ("chiarvesio-di-maria-micelli-2010", "2010", "recalled"),
    ("simoni-rabino-zanni-2010", "2010", "recalled"),
    read_in="B",
)
expect(
    "works",
    "ambiguous-citations",
    "cited_as work alternative",
    ("Bair, 2009", "bair-2009", "bair-2009-frontiers"),
    ("Becattini & Dei Ottati, 2006", "becattini-dei-ottati-2006", "becattini-dei-ottati-2006-epi"),
    ("Cattaneo et al., 2010", "cattaneo-gereffi-staritz-2010", "cattaneo-gereffi-staritz-2010-book"),
    read_in="B: works whose match is inferred-ambiguous, with their alternatives",
)

# Authors.

expect(
    "authors",
    "authors-of-work",
    "position name",
    (0, "De Marchi, Valentina"),
    (1, "Lee, Joonkoo"),
    (2, "Gereffi, Gary"),
    read_in="B",
    whole=True,
    work=DLG,
)
expect(
    "authors",
    "authors-of-work",
    "position name",
    (0, "Morrison, Andrea"),
    (1, "Pietrobelli, Carlo"),
    (2, "Rabellotti, Roberta"),
    read_in="R 1: co-authored with Andrea Morrison and Carlo Pietrobelli; B for the order",
    whole=True,
    work="morrison-pietrobelli-rabellotti-2008",
)
expect(
    "authors",
    "works-by-author",
    "work issued role",
    ("gaggio-2006", "2006", "author"),
    ("gaggio-2007", "2007", "author"),
    read_in="D 1 and 4; B",
    whole=True,
    author="gaggio-dario",
)

# Documents.

expect(
    "documents",
    "claims-by-section",
    "document section title",
    (DLG_TEXT, "1", "Introduction"),
    (DLG_TEXT, "2", "Literature review and background"),
    (DLG_TEXT, "3", "Globalization and the gold jewellery GVC: recent trends"),
    (DLG_TEXT, "4", "The Italian gold jewellery districts: main characteristics and history"),
    (DLG_TEXT, "5.1", "Downstream internationalization"),
    (DLG_TEXT, "5.2", "Upstream internationalization"),
    (DLG_TEXT, "7", "Discussion and conclusions"),
    (PAGE, "2", "Upgrading to Compete: SMEs, Clusters and Value Chains in Latin America"),
    (PAGE, "3", "Upgrading in global value chains: lessons from Latin America clusters"),
    (PAGE, "4", "Clusters facing competition: the role of external linkages"),
    (SABEL_TEXT, "1", "What keeps clusters innovative?"),
    (SABEL_TEXT, "4", "Governance"),
    (SABEL_TEXT, "closing", "Closing the Circle Back to Brusco and Politics"),
    read_in="the headings of D, R and S",
)

# Errata.

expect(
    "errata",
    "errata-of-document",
    "erratum type",
    ("dlg14-erratum-honk-kong", "spelling"),
    # Section 1 has 72%, section 4 has 72.5%.
    ("dlg14-erratum-export-share-72", "inconsistency"),
    # Table 5 has 156.0% for imports for production, section 5.2 for imports.
    ("dlg14-erratum-imports-156", "ambiguity"),
    # The period is 2001-2010 in section 1 and 2001-2011 in section 7.
    ("dlg14-erratum-study-period-2011", "inconsistency"),
    read_in="D 1, 3, 4, 5.2 and 7",
    document=DLG_TEXT,
)
expect(
    "errata",
    "errata-of-document",
    "erratum type severity",
    # "La lezione die Patti", "Triglia", "Inchesta".
    ("sab-erratum-triglia", "spelling", "minor"),
    ("sab-erratum-inchesta", "spelling", "minor"),
    ("sab-erratum-die-patti", "spelling", "minor"),
    # Three sets of questions are announced, and the third is not there.
    ("sab-erratum-third-set-missing", "inconsistency", "major"),
    read_in="S, the first pages, 6 and the end",
    document=SABEL_TEXT,
)
expect(
    "errata",
    "errata-concerning",
    "erratum document section",
    ("dlg14-erratum-bulgari-crova-bulgari", DLG_TEXT, "4"),
    ("dlg14-erratum-bulgari-crova-bulgari", DLG_TEXT, "6"),
    read_in="D 4: Damiani and Bulgari; D 6: Damiani and Crova-Bulgari, then Damiani and Bulgari",
    subject="bulgari",
)


def name(expected: Expected) -> str:
    """Name an expectation by its question and values."""
    return "-".join((expected.question, *expected.values.values())).replace(" ", "_")


@pytest.mark.kb
@pytest.mark.parametrize("language", ["sql", "sparql"])
@pytest.mark.parametrize("expected", EXPECTED, ids=name)
def test_an_answer_says_what_the_documents_say(expected: Expected, language: str, real_engines: Engines) -> None:
    """Either language gives the rows read in the documents, all of them where they are the whole answer."""
    question = QUESTIONS[expected.question]
    answer = real_engines[language].ask(question.texts[language], fill(question, expected.values))
    columns = [answer.columns.index(column) for column in expected.columns]
    rows = {tuple(row[i] for i in columns) for row in answer.rows}

    assert set(expected.rows) - rows == set(), f"not in the answer, but in {expected.read_in}"
    assert rows & set(expected.never) == set(), f"in the answer, but against {expected.read_in}"
    if expected.whole:
        assert rows == set(expected.rows), f"in the answer, but not in {expected.read_in}"


def test_the_answers_cover_every_kind_of_record(known: Schema) -> None:
    """Facts of each kind of record are asserted, and at least thirty questions are asked for them."""
    facts = Counter(dict.fromkeys(known.kinds, 0))
    for expected in EXPECTED:
        facts[expected.kind] += len(expected.rows)

    assert set(facts) == set(known.kinds)
    assert min(facts.values()) > 0
    assert len({expected.question for expected in EXPECTED}) >= 30
