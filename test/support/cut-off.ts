import type { Page } from 'playwright-core';

/** What is wider than the place it stands in, so that its end cannot be read; [] when all is well. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = [...document.querySelectorAll('.row-bot .say, .row-bot .flex *')].filter(
      (element) =>
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).display !== 'inline' &&
        // Swiped sideways: its bubbles are looked at one by one.
        !element.matches('.fx-carousel'),
    );
    const beyond = [...document.querySelectorAll('.row-bot .fx-bubble *')].filter((element) => {
      const bubble = element.closest('.fx-bubble')?.getBoundingClientRect();
      const { left, right } = element.getBoundingClientRect();
      return bubble !== undefined && (left < bubble.left - 1 || right > bubble.right + 1);
    });
    const found = [...wide, ...beyond].map((each) => `${each.className}: ${each.textContent}`);
    const html = document.documentElement;
    if (html.scrollWidth > html.clientWidth) found.push('the page is wider than the screen');
    return found;
  });
}
