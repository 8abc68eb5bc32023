"""The parent's side of work that is done elsewhere: what units take along, and what becomes of what they bring back.

Two things may be away from the workers: the sources (then the parent fetches them and sends their bytes) and the output (then the
briefs come back and the parent writes them, with a few threads, because a store answers slowly).  With an executor of somebody
else both are; with processes of this machine only what has an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass, replace

from toolkit.cache import Cache, Stamp, digest
from toolkit.deliver import write_whole
from toolkit.errors import ToolkitError
from toolkit.incremental import FACTS, stamps_of
from toolkit.model.place import Place, Url
from toolkit.pipeline import Making, Timings
from toolkit.read import MAX_BYTES, fetch
from toolkit.remote import Stock, stamps
from toolkit.units import Baggage, Finished, Job, Reading, left_in, packed, with_logo
from toolkit.workers import guarded

WRITERS = 8
"""Briefs that are written at once."""

WAITING = 32
"""Briefs that wait in memory for being written before no more are taken from the workers."""


@dataclass(frozen=True)
class Away:
    """What of a run is away from its workers."""

    sends: bool = False
    brings: bool = False
    baggage: Baggage | None = None
    """None: the workers are on this machine."""

    @classmethod
    def of(cls, sources: Iterable[Place], output: Place, making: Making, executor: Executor | None) -> Away:
        """Raises ``TemplateError`` when the user's templates cannot be taken along."""
        if executor is not None:
            return cls(sends=True, brings=True, baggage=packed(making))
        return cls(sends=any(isinstance(path, Url) for path in sources), brings=isinstance(output, Url))

    @property
    def threads(self) -> bool:
        """Whether this process has threads of its own at work."""
        return self.sends or self.brings

    def output(self, output: Place) -> Place | None:
        """Where a worker writes; None when it brings back."""
        return None if self.brings else output

    def reading(self, stock: Stock, contents: Mapping[Place, bytes]) -> Callable[[Reading], Reading]:
        """What gives a source its bytes before it sets out; ``contents`` are the digests that its facts are to be kept by."""
        baggage = Baggage(self.baggage.state) if self.baggage else None

        def ready(unit: Reading) -> Reading:
            content = contents.get(unit.place)
            if not self.sends:
                return replace(unit, content=content)
            data = stock.get(unit.place) if isinstance(unit.place, Url) else fetch(unit.place, MAX_BYTES)
            # Another machine is told what the source is called, not how to get at it.
            told = Url(str(unit.place)) if isinstance(unit.place, Url) and baggage else unit.place
            return replace(unit, place=told, data=data, content=content, baggage=baggage)

        return ready

    def making(self, stock: Stock, cache: Cache, keys: Mapping[str, bytes], places: Mapping[str, Place]) -> Callable[[Job], Job]:
        """What gives a locality the facts of its sources before it sets out; the sources themselves when the cache lost them."""
        reading = self.reading(stock, {})

        def ready(unit: Job) -> Job:
            paths = [sheet.source.path for sheet in unit.group.sheets]
            found = dict(cache.packed(FACTS, [keys[path] for path in paths]))
            facts = tuple(found[keys[path]] for path in paths if keys[path] in found)
            lost = tuple(reading(Reading(places[path])) for path in paths if keys[path] not in found)
            baggage = with_logo(self.baggage, unit.group) if self.baggage else None
            return replace(unit, facts=facts, sources=lost, baggage=baggage)

        return ready


def contents_of(cache: Cache, stock: Stock, paths: Sequence[Place]) -> dict[Place, bytes]:
    """The digest of the bytes of each source that can be read; of one elsewhere that a listing knows unchanged, without them."""
    found: dict[Place, bytes] = {}
    found.update(cache.contents(path for path in paths if not isinstance(path, Url)).items())
    urls = [path for path in paths if isinstance(path, Url)]
    found.update((url, told) for url in urls if (told := cache.content(url)) is not None)
    fresh = {url: digest(data) for url, data in stock.look([url for url in urls if url not in found])}
    cache.note(fresh)
    found.update(fresh.items())
    return found


def size_of(place: Place) -> float:
    """Bytes of a source, as far as they are known without reading it."""
    if isinstance(place, Url):
        return place.stamp[0] if place.stamp else 0
    try:
        return place.stat().st_size
    except OSError:
        return 0


class Left:
    """What lies in the output since the last run: looked at file by file here, in one listing elsewhere."""

    def __init__(self, output: Place, *, wanted: bool) -> None:
        self._output = output
        self._there = stamps(output) if wanted and isinstance(output, Url) else {}

    def stamps(self, folder: str, names: Iterable[str]) -> Mapping[str, Stamp | None]:
        if isinstance(self._output, Url):
            return {name: self._there.get(f"{folder}/{name}") for name in names}
        return stamps_of(self._output / folder, names)


def delivered(jobs: Iterable[tuple[Job, Finished | ToolkitError]], output: Place) -> Iterator[tuple[Job, Finished | ToolkitError]]:
    """Each brief that came back, written, as it is finished; or the error that kept it from being written."""
    waiting: dict[Future[Finished | ToolkitError], Job] = {}
    with ThreadPoolExecutor(WRITERS, "nhiemky-write") as pool:
        for unit, result in jobs:
            if isinstance(result, ToolkitError):
                yield unit, result
                continue
            waiting[pool.submit(guarded, lambda made: _written(made, output), result)] = unit
            full = len(waiting) >= WAITING
            for future in wait(waiting, None if full else 0, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
        for future in as_completed(waiting):
            yield waiting[future], future.result()


def _written(made: Finished, output: Place) -> Finished:
    spent = Timings()
    with spent.stage("deliver"):
        place = output / made.folder
        files = write_whole(place, made.artifacts)[:-1]
        left = left_in(place, made.artifacts)
    spent.add(made.spent)
    return replace(made, files=files, artifacts=(), left=left, spent=spent)
