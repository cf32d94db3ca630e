"""The screens travel small and are kept as long as they may be; their headers let nothing of others run."""

import gzip
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from boucle.api import static
from boucle.api.static import AppFiles

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
SCRIPT = b"console.log('a script that is long enough to be worth it')\n" * 40
FIRST_LOAD = 220_000
FONT = 50_000
AS_CHROME = {"accept-encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def built(tmp_path, monkeypatch) -> Path:
    """A built app with a script in three forms."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Boucle</title>")
    script = folder / "assets" / "index-Ab3.js"
    script.write_bytes(SCRIPT)
    Path(f"{script}.gz").write_bytes(gzip.compress(SCRIPT))
    Path(f"{script}.br").write_bytes(b"brotli, as far as the server knows")
    monkeypatch.setattr(static, "files", AppFiles(directory=folder))
    return folder


@pytest.fixture
async def http(boucle) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=boucle.url, headers={"accept-encoding": "identity"}) as client:
        yield client


async def raw(http: httpx.AsyncClient, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """The answer and its body as it travelled."""
    async with http.stream("GET", path, headers=headers) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
async def test_a_script_comes_in_the_smallest_form_that_is_read(built, http, accepted, encoding):
    answer, body = await raw(http, "/assets/index-Ab3.js", **{"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (body == SCRIPT) == (encoding is None)
    assert int(answer.headers["content-length"]) == len(body)


async def test_the_page_is_looked_at_again_and_not_sent_again(built, http):
    first = await http.get("/inbox")
    assert first.headers["cache-control"] == "no-cache"
    again = await http.get("/inbox", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


async def test_the_page_runs_our_scripts_alone_and_is_framed_by_nobody(built, http):
    answer = await http.get("/")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", ["/assets/gone.js", "/assets/", "/robots.txt", "/wp-login.php", "/../pyproject.toml"])
async def test_a_file_that_is_not_there_is_not_the_page(built, http, path):
    answer = await http.get(path)
    assert answer.status_code == 404
    assert "<title>" not in answer.text


async def test_an_address_of_a_screen_is_the_page_for_those_who_read_only(built, http):
    for path in ("/", "/inbox", "/tickets/tkt_7", "/no/such/screen"):
        assert "<title>Boucle</title>" in (await http.get(path)).text
    assert (await http.head("/inbox")).status_code == 200
    assert (await http.post("/inbox")).status_code == 405


async def test_answers_about_people_are_kept_by_nobody(built, http, admin):
    read = await admin.http.post("/graphql", json={"query": "{ viewer { id } }"})
    refused = await http.post("/graphql", json={"query": "{ users(first: 1) { nodes { id } } }"})
    for answer in (read, refused, await http.get("/r/no-such-survey"), await http.post("/intake/no-such-survey")):
        assert answer.headers["cache-control"] == "no-store", answer.url


async def test_the_first_load_of_the_inbox_is_light_on_the_wire(http):
    """What a browser fetches: the page, what it names, what the entry imports, and the words of one language."""
    manifest = static.app_folder() / ".vite" / "manifest.json"
    assert manifest.is_file(), "The screens are not built: run `make test-python`, or `npm run build` in frontend/."
    chunks = json.loads(manifest.read_text())
    page = (await http.get("/inbox")).text
    named = set(re.findall(r'(?:src|href)="/([^"]+\.(?:js|css))"', page))
    paths = named | {chunks["src/app/i18n/fr.ts"]["file"], *_styles_of(chunks)}
    weights = {path: len((await raw(http, f"/{path}", **AS_CHROME))[1]) for path in {"inbox", *paths}}
    assert len(weights) >= 5
    assert sum(weights.values()) <= FIRST_LOAD, weights
    [font] = [path.name for path in (static.app_folder() / "assets").glob("inter-latin-wght-*.woff2")]
    assert len((await raw(http, f"/assets/{font}", **AS_CHROME))[1]) <= FONT


def _styles_of(chunks: dict) -> set[str]:
    return set(chunks["index.html"].get("css", []))
