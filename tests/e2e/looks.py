"""How a screen looks and whether everybody can use it: pictures in both themes and on a phone, checked by axe."""

from playwright.sync_api import Page

from tests.e2e.browsers import DESK, PHONE
from tests.e2e.product import REPOSITORY

PICTURES = REPOSITORY / "test-results" / "screens"
AXE = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
PLACES_TOLD = 3
RUN_AXE = """async ([only, rules, places]) => {
  const { violations } = await axe.run(document, { runOnly: only, rules, resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, places).map(({ target, failureSummary }) =>
    `${id} (${nodes.length}): ${target.join(' ')}: ${failureSummary.split('\\n').slice(1).join(';')}`))
}"""
NOTHING_MOVES = "() => document.getAnimations().every(each => each.playState !== 'running')"


def look_at(page: Page, name: str) -> list[str]:
    """Take a picture in light, on a phone and in dark; return everything that is wrong with the page, by view."""
    light = _look(page, f"{name}-light", only=RULES, rules={})
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a literal elsewhere
    phone = _look(page, f"{name}-phone", only=RULES, rules={CONTRAST: {"enabled": False}})
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    dark = _look(page, f"{name}-dark", only=[CONTRAST], rules={})
    page.emulate_media(color_scheme="light")
    return [f"{view}: {line}" for view, lines in (("light", light), ("phone", phone), ("dark", dark)) for line in lines]


def _look(page: Page, name: str, **axe: object) -> list[str]:
    for _ in range(2):  # a new theme reaches nested elements one after the other
        page.wait_for_timeout(80)
        page.wait_for_function(NOTHING_MOVES)
    page.screenshot(path=PICTURES / f"{name}.png")
    return [*_violations(page, **axe), *_sticks_out(page)]


def _violations(page: Page, *, only: list[str], rules: dict[str, object]) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, one line for each place."""
    assert AXE.exists(), "axe-core is not installed: run `npm ci` in frontend/ (or `make test-browser`)."
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text() + "; undefined")
    found: list[str] = page.evaluate(RUN_AXE, [only, rules, PLACES_TOLD])
    return found


def _sticks_out(page: Page) -> list[str]:
    """What makes the page wider than the window."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('*')]
          .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
          .map(each => `sticks out: ${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`).slice(0, 5)"""
    )
    return found
