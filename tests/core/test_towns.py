"""Towns by name: in any language and spelling, and never a guess between two."""

import pytest

from ecett.core.towns import AROUND_KM, MOST_AROUND, find_town, towns_around


@pytest.mark.parametrize(
    ("country", "names", "latitude"),
    [
        ("BE", "Gent, Ghent, Gand, GENT,  gent , Gent (Ledeberg)", 51.05),
        ("BE", "Liège, Liege, Luik, Lüttich", 50.63),
        ("BE", "Mons, Bergen", 50.45),
        ("NO", "Bergen", 60.39),
        ("GR", "Athens, Αθήνα, ΑΘΗΝΑ, Athènes, Athen, Atene, Athina", 37.98),
        ("EL", "Αθήνα", 37.98),
        ("AT", "Wien, Vienna, Vienne, Wenen, Viedeň", 48.21),
        ("FR", "Vienne", 45.52),
        ("FR", "Saint-Étienne, Saint Etienne, St-Etienne, St Étienne, SAINT-ETIENNE CEDEX 2", 45.43),
        ("FR", "Paris, PARIS CEDEX 13, Parigi, Parijs", 48.85),
        ("AT", "Sankt Pölten, St. Pölten, St Polten", 48.2),
        ("DE", "Köln, Cologne, Koeln, Koln, Colonia", 50.93),
        ("DE", "Frankfurt, Frankfurt am Main", 50.12),
        ("DE", "Frankfurt (Oder), Frankfurt Oder", 52.35),
        ("NL", "Den Haag, The Hague, La Haye, 's-Gravenhage, ’s-Gravenhage", 52.08),
        ("PL", "Łódź, Lodz, ŁÓDŹ", 51.77),
        ("ES", "San Sebastián, Donostia, Donostia-San Sebastián", 43.31),
        ("ES", "Salamanca", 40.97),
        ("TR", "İstanbul, Istanbul, ISTANBUL", 41.01),
        ("BG", "София, Sofia, Sofía", 42.70),
        ("RE", "Saint-Denis, St Denis", -20.88),
        ("GP", "Pointe-à-Pitre, Pointe a Pitre", 16.24),
    ],
)
def test_town_by_any_of_its_names(country, names, latitude):
    for name in names.split(","):
        town = find_town(name, country)
        assert town is not None, name
        assert town.latitude == pytest.approx(latitude, abs=0.05), name


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("DE", "Neustadt"),  # a dozen of them
        ("DE", "Halle"),  # Saale, or the one in Westphalia
        ("PL", "Śródmieście"),  # the middle of any town
        ("ES", "Villanueva"),
        ("PT", "Santa Maria"),
        ("SE", "Nowhere at all"),
        ("SE", "Gent"),
        ("FR", "75013"),
        ("FR", ""),
        ("FR", "-"),
        ("XX", "Paris"),
        ("", "Paris"),
    ],
)
def test_no_town_where_none_or_several_can_be_meant(country, name):
    assert find_town(name, country) is None


def test_places_around_a_town_are_near_it_and_few() -> None:
    found = {town.name: others for town, others in towns_around()}
    assert len(found) > 1_000
    assert [other.name for other in found["Namur"]][:1] == ["Jambes"]
    assert all(len(others) <= MOST_AROUND for others in found.values())
    for town, others in towns_around():
        assert town not in others
        # A degree of latitude is 111 km everywhere.
        assert all(abs(other.latitude - town.latitude) * 111 <= AROUND_KM + 1 for other in others)
