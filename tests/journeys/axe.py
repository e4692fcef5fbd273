"""What axe finds on a page; the contrast of words is judged once for each way they are drawn.

To judge the contrast of everything on every page takes axe most of its time. What decides it is
the colour and size of the words and what is drawn behind them, and a page has few such ways.
Of rows that are built alike, to the last attribute and word or none, it is shown the first three.
"""

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.known import Known

SCRIPT = Axe().axe_script
JUDGE = """
async known => {
  const judged = new Set(known), ways = new Map(), layers = new Map();
  const behind = element => {
    if (!element) return "";
    if (!layers.has(element)) {
      const is = getComputedStyle(element);
      const drawn = [is.backgroundColor, is.backgroundImage, is.opacity, is.filter, is.transform]
        .filter(value => !["rgba(0, 0, 0, 0)", "none", "1"].includes(value));
      if (is.position !== "static") drawn.push(is.position + element.className);
      const own = drawn.length ? "/" + drawn : "";
      layers.set(element, behind(element.parentElement) + own);
    }
    return layers.get(element);
  };
  const has_words = element =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  for (const element of document.body.querySelectorAll("*")) {
    if (!has_words(element) || !element.checkVisibility()) continue;
    const is = getComputedStyle(element);
    const off = [element, element.closest("label")?.control].some(it => it?.disabled) ||
      Boolean(element.closest("[aria-disabled=true], :disabled"));
    const words = [is.color, is.fontSize, is.fontWeight, is.textShadow, is.fontFamily, off];
    const way = words + behind(element);
    const same = ways.get(way) ?? [];
    if (!judged.has(way) && same.length < 3) ways.set(way, [...same, element]);
  }
  const built = element => {
    const said = ({name, value}) => /^(class|role|type|aria-.*)$/.test(name)
      && /^[a-z -]*$/.test(value) ? value : Boolean(value.trim());
    const given = [...element.attributes].map(it => `${it.name}=${said(it)}`).join(" ");
    const inside = [...element.childNodes].map(node => node.nodeType === 1
      ? built(node) : node.nodeType === 3 && node.data.trim() ? "words" : "");
    return `<${element.localName} ${given}>${inside.join("")}</>`;
  };
  const alike = [...document.body.querySelectorAll("tbody, ul, ol")].flatMap(list => {
    const times = new Map();
    return [...list.children].filter(row => {
      const is = built(row);
      times.set(is, 1 + (times.get(is) ?? 0));
      return times.get(is) > 3;
    });
  });
  const only = {resultTypes: ["violations"]};
  const rules = {"color-contrast": {enabled: false}};
  const page = alike.length ? {include: [document], exclude: alike} : document;
  const found = await axe.run(page, {...only, rules});
  if (ways.size) {
    const contrast = {...only, runOnly: ["color-contrast"]};
    const more = await axe.run({include: [...ways.values()].flat()}, contrast);
    found.violations.push(...more.violations);
  }
  return [found, [...ways.keys()]];
}
"""
BANNER_IN_DIALOG = "dialog :is(header, footer):not(:is(article, section) *)"
"""A landmark of the page, it says; axe sees it only where it misses that the dialog is modal."""

JUDGED = Known()


def judge(page: Page) -> AxeResults:
    """Return what axe finds on the page as it is now."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(SCRIPT)
    assert not page.locator(BANNER_IN_DIALOG).count(), f"{page.url}: {BANNER_IN_DIALOG}"
    found, ways = page.evaluate(JUDGE, sorted(JUDGED.all()))
    results = AxeResults(found)
    if not results.violations_count:
        JUDGED.add(ways)
    return results
