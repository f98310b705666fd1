"""The atlas as callers know it."""

from functools import cache, cached_property
from typing import Any

import shapely

from zhouqiao.base import Datum, NotFound, Point
from zhouqiao.platform.place.atlas.divisions import Divisions
from zhouqiao.platform.place.atlas.drawing import Bounds, GeoJson, borders_within, land_within
from zhouqiao.platform.place.atlas.land import County, Land, Town, cell_at, cells_of
from zhouqiao.platform.place.atlas.shelf import coast, features, table
from zhouqiao.platform.place.earth import convert
from zhouqiao.platform.place.errors import OutsideAtlas
from zhouqiao.platform.place.model import Berth, BerthId, Grid, Located
from zhouqiao.platform.place.sea.plane import Box

ATLAS_BOX = Box(117.5, 26.5, 124.5, 31.7)
COAST_BOX = shapely.box(120.4, 27.0, 123.2, 31.2)
OFFSHORE_KM = 100.0
MISFIT_KM = 1.5  # by how far a border or a new quay may lie beside the polygon


class Atlas:
    """Zhejiang, its divisions and its shape; frozen, each part read when first asked for."""

    @cached_property
    def divisions(self) -> Divisions:
        """Every division, province to village, of 2023-06-30."""
        return Divisions((row["code"], row["name"]) for row in table("divisions.csv.gz"))

    def locate(self, point: Point) -> Located:
        """Return county, assumed town and made cell of a point, of any datum.

        At sea the county is the nearest within 100 km. Raises `OutsideAtlas`.
        """
        at = convert(point, Datum.WGS84)
        if not ATLAS_BOX.holds(at.lon, at.lat):
            raise OutsideAtlas(point)
        county = self._land.county_at(at.lon, at.lat)
        if county is not None:
            return self._located(at, county, 0.0)
        county, off_km = self._land.nearest_county(at.lon, at.lat)
        if off_km > (OFFSHORE_KM if _is_sea(at) else MISFIT_KM):
            raise OutsideAtlas(point)
        return self._located(at, county, off_km)

    def _located(self, at: Point, county: County, off_km: float) -> Located:
        town = self._land.town_at(county.code, at.lon, at.lat)
        at_sea = off_km > 0.0 and _is_sea(at)
        return Located(
            point=at,
            county=self.divisions.division(county.code),
            may_be=tuple(self.divisions.division(code) for code in county.may_be),
            town=self.divisions.division(town.code) if town else None,
            town_basis=town.basis if town else "",
            grid=cell_at(town.code, at.lon, at.lat) if town else None,
            at_sea=at_sea,
            off_km=round(off_km, 3),
            notes=_notes(county, self.divisions, at_sea=at_sea, off_km=off_km),
        )

    def grids(self, town: str) -> tuple[Grid, ...]:
        """Return the made cells of a town. Raises `BadCode`, `NotFound`."""
        code = self.divisions.division(town).code
        counties = [county for county in self._land.counties if county.code == code[:6]]
        return tuple(cell for county in counties for cell in cells_of(self._land, county, code))

    def bounds(self, code: str) -> Bounds:
        """Return west, south, east, north of a county, or of all where its land is not charted."""
        counties = self._land.counties
        own = [county.shape for county in counties if county.code == code[:6]]
        west, south, east, north = shapely.total_bounds(own or [one.shape for one in counties])
        return float(west), float(south), float(east), float(north)

    def outline(self, bbox: Bounds, simplify: float = 0.001) -> GeoJson:
        """Return charted land within west, south, east, north as GeoJSON polygons, WGS 84."""
        return land_within(coast(), bbox, simplify)

    def division_lines(self, bbox: Bounds, simplify: float = 0.001) -> GeoJson:
        """Return county borders (of before 2021) and names within a box as GeoJSON, WGS 84."""
        counties = self._land.counties
        names = {county.code: self.divisions.division(county.code).name for county in counties}
        return borders_within(counties, names, bbox, simplify)

    @cached_property
    def berths(self) -> tuple[Berth, ...]:
        """The berths of the atlas; their positions are approximate."""
        return tuple(_berth(row) for row in table("berths.csv"))

    def berth(self, berth_id: str) -> Berth:
        """Return a berth by id. Raises `NotFound`."""
        found = next((berth for berth in self.berths if berth.id == berth_id), None)
        if found is None:
            raise NotFound("berth", berth_id)
        return found

    @cached_property
    def _land(self) -> Land:
        towns: dict[str, list[Town]] = {}
        for row in table("towns.csv"):
            town = Town(row["town"], float(row["lon"]), float(row["lat"]), row["basis"])
            towns.setdefault(town.code[:6], []).append(town)
        return Land([_county(one) for one in features("counties.geojson.gz")], towns)


@cache
def load_atlas() -> Atlas:
    """Return the one atlas of this process."""
    return Atlas()


def _is_sea(at: Point) -> bool:
    spot = shapely.Point(at.lon, at.lat)
    return bool(COAST_BOX.contains(spot)) and not any(land.contains(spot) for land in coast())


def _notes(county: County, divisions: Divisions, *, at_sea: bool, off_km: float) -> tuple[str, ...]:
    notes = ["place.town_assumed"]
    if county.may_be:
        notes.append("place.county_split_since")
    elif county.was != divisions.division(county.code).name:
        notes.append("place.county_renamed_since")
    if at_sea:
        notes.append("place.at_sea_nearest_county")
    elif off_km:
        notes.append("place.beside_the_polygon")
    return tuple(notes)


def _county(said: dict[str, Any]) -> County:
    properties, parts = said["properties"], said["geometry"]["coordinates"]
    multi = parts if said["geometry"]["type"] == "MultiPolygon" else [parts]
    lon, lat = properties["seat"]
    return County(
        code=properties["code"],
        was=properties["was"],
        may_be=tuple(properties["may_be"]),
        seat=(lon, lat),
        shape=shapely.MultiPolygon([shapely.Polygon(part[0], part[1:]) for part in multi]),
    )


def _berth(row: dict[str, str]) -> Berth:
    return Berth(
        id=BerthId(row["id"]),
        name=row["name"],
        name_en=row["name_en"],
        town=row["town"],
        at=Point(lon=float(row["lon"]), lat=float(row["lat"])),
        approximate=row["approximate"] == "yes",
    )
