/** Makes an element; texts are set as text, never as markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** A real button with a visible label or, for an icon, a spoken one. */
export function button(
  className: string,
  label: string,
  onClick: () => void,
  spoken?: string,
): HTMLButtonElement {
  const element = h('button', className, label);
  element.type = 'button';
  if (spoken) {
    element.setAttribute('aria-label', spoken);
    element.title = spoken;
  }
  element.addEventListener('click', onClick);
  return element;
}

/** The element of the page with this id; a page without it is a bug. */
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const element = document.querySelector(`#${id}`);
  if (!(element instanceof type)) throw new Error(`index.html has no #${id}`);
  return element;
}
