import type { Layout } from './types.ts';
import { space } from './size.ts';

type Placed = {
  flex?: number;
  margin?: string;
  position?: string;
  offsetTop?: string;
  offsetBottom?: string;
  offsetStart?: string;
  offsetEnd?: string;
};

/**
 * Puts an element into its parent box. `flex` defaults to 1 in a row and 0 in a column (LINE reference, "Flex
 * Message Layout"); `own` overrides that for components that never grow. `gap` is the parent's spacing before this child.
 */
export function place(
  element: HTMLElement,
  component: Placed,
  parent: Layout,
  gap: string | undefined,
  own?: number,
): void {
  const row = parent !== 'vertical';
  const grow = component.flex ?? own ?? (row ? 1 : 0);
  element.style.flex = grow === 0 ? '0 0 auto' : row ? `${grow} 0 0` : `${grow} 0 auto`;
  const margin = space(component.margin) ?? gap;
  if (component.position === 'absolute') element.style.position = 'absolute';
  else if (margin !== undefined) {
    if (row) element.style.marginInlineStart = margin;
    else element.style.marginTop = margin;
  }
  set(element, 'top', component.offsetTop);
  set(element, 'bottom', component.offsetBottom);
  set(element, 'inset-inline-start', component.offsetStart);
  set(element, 'inset-inline-end', component.offsetEnd);
}

function set(element: HTMLElement, property: string, value: string | undefined): void {
  const length = space(value);
  if (length !== undefined) element.style.setProperty(property, length);
}
