"""What is wrong with a page in a window: cut off, too small, too pale, or without words."""

from pathlib import Path

from tests.browser.chromium import Browser

PHONE, DESKTOP = 390, 1280
LEAST_PIXELS = 11

FAULTS = """
(() => {
  const found = new Set();
  const named = element =>
    `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}"`;
  for (const part of document.querySelectorAll("details")) part.open = true;

  const wide = document.documentElement.scrollWidth;
  if (wide > WINDOW) found.add(`${wide} pixels wide in a window of WINDOW`);
  const scrolls = element => element && (
    ["auto", "scroll"].includes(getComputedStyle(element).overflowX) ||
    scrolls(element.parentElement));
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width && box.right > WINDOW + 1 && !scrolls(element))
      found.add(`cut: ${named(element)}`);
  }

  for (const picture of document.images)
    if (!picture.alt.trim()) found.add("a picture without words");
  for (const drawn of document.querySelectorAll("svg"))
    if (!drawn.getAttribute("aria-label")) found.add("a drawing without words");

  const numbers = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const over = (front, back) => {
    const alpha = front[3] ?? 1;
    return [0, 1, 2].map(place => alpha * front[place] + (1 - alpha) * back[place]);
  };
  const behind = element => {
    if (!element) return [255, 255, 255];
    const own = numbers(getComputedStyle(element).backgroundColor);
    return own[3] === 0 ? behind(element.parentElement) : over(own, behind(element.parentElement));
  };
  const light = colour => {
    const parts = colour.map(part => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (!text.textContent.trim() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    if (size < LEAST) found.add(`${size} pixels high: ${named(element)}`);
    const back = behind(element);
    const pair = [light(over(numbers(style.color), back)), light(back)].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5))
      found.add(`contrast ${contrast.toFixed(1)}: ${named(element)}`);
  }
  return [...found];
})()
""".replace("LEAST", str(LEAST_PIXELS))


def faults_of(browser: Browser, path: Path, width: int) -> list[str]:
    """What is wrong with a page in a window of this width; everything that folds is opened."""
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1,
        mobile=width < 800,
    )  # fmt: skip
    browser.open(path)
    found = browser.evaluate(FAULTS.replace("WINDOW", str(width)))
    browser.call("Emulation.clearDeviceMetricsOverride")
    return [str(fault) for fault in found]
