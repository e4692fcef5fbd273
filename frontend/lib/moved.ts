// What hangs on an element goes away when that is scrolled. Browsers tell of scrolling some time after:
// what they tell may have happened before it was hung there, and then it stays.

/** Remember where an element is; the answer tells whether it still is there. */
export function watched(element: Element): () => boolean {
  const { left, top } = element.getBoundingClientRect();
  return () => {
    const now = element.getBoundingClientRect();
    return Math.abs(now.left - left) < 1 && Math.abs(now.top - top) < 1;
  };
}
