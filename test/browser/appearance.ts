import type { Page } from "playwright-core";

/** A text whose colour is too close to its background. */
export interface FaintText {
  readonly text: string;
  readonly contrast: number;
}

/** The visible texts of a page with a contrast below 4.5, the least that WCAG allows for small text. */
export function faintTextsOf(page: Page): Promise<FaintText[]> {
  return page.evaluate(() => {
    const partsOf = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminanceOf = (color: string) => {
      const [red = 0, green = 0, blue = 0] = partsOf(color).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const backgroundOf = (element: Element | null): string => {
      if (!element) return "rgb(255, 255, 255)";
      const { backgroundColor } = getComputedStyle(element);
      return partsOf(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
    };
    return [...document.querySelectorAll("body *")].flatMap((element) => {
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
      );
      if (!(hasText || element instanceof HTMLInputElement) || !element.checkVisibility()) return [];
      const levels = [luminanceOf(getComputedStyle(element).color), luminanceOf(backgroundOf(element))];
      const contrast = (Math.max(...levels) + 0.05) / (Math.min(...levels) + 0.05);
      return contrast < 4.5 ? [{ text: element.textContent ?? "", contrast }] : [];
    });
  });
}

/** What stands in the way of people with a keyboard or a screen reader, a line each. */
export function obstaclesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    const ids = all("[id]").map(({ id }) => id);
    const levels = all("h1, h2, h3").map(({ tagName }) => Number(tagName.slice(1)));
    const controls = all("input:not([type=hidden]), button, summary, a");
    const nameOf = (control: Element) =>
      control instanceof HTMLInputElement ? control.labels?.[0]?.textContent : control.textContent;
    return [
      ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two elements have the id ${id}`),
      ...levels.flatMap((level, index) =>
        level > (levels[index - 1] ?? 0) + 1 ? [`a heading skips to ${level}`] : [],
      ),
      ...controls
        .filter((control) => !nameOf(control)?.trim())
        .map((control) => `without a name: ${control.outerHTML}`),
      ...all("table")
        .filter((table) => !table.getAttribute("aria-label"))
        .map(() => "a table has no name"),
      ...all("th")
        .filter((cell) => !cell.getAttribute("scope"))
        .map((cell) => `no scope: ${cell.textContent}`),
      ...all("[aria-labelledby]").flatMap((element) => {
        const id = element.getAttribute("aria-labelledby") ?? "";
        return document.getElementById(id) ? [] : [`nothing has the id ${id}`];
      }),
      ...(document.documentElement.lang === "" ? ["the page names no language"] : []),
      ...(document.title === "" ? ["the page has no title"] : []),
    ];
  });
}
