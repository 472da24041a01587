/**
 * Makes `adjustMode: shrink-to-fit` true once the elements stand in the page: a label that is too long gets smaller,
 * down to 60 %. To be called again when the font size or the width changes.
 */
export function shrinkToFit(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-shrink]')) {
    const declared = (element.dataset['shrink'] ||= element.style.fontSize || '16px');
    element.style.fontSize = declared;
    const room = element.clientWidth;
    const need = element.scrollWidth;
    if (room === 0 || need <= room) continue;
    // One hundredth less than the quotient: glyph widths are rounded, and a hair too wide shows an ellipsis.
    const factor = Math.max(0.6, Math.floor((room / need) * 100 - 1) / 100);
    element.style.fontSize = `calc(${declared} * ${factor})`;
  }
}
