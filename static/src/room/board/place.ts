/** Where a new shape goes, and how an arrow runs between two boxes. Pure geometry in scene coordinates. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const GAP = 24;

/** The free spot nearest to the middle of `view` for a box of this size: in view if there is one, else around it. */
export function freeSpot(view: Box, size: { width: number; height: number }, taken: readonly Box[]): Box {
  const [stepX, stepY] = [size.width + GAP * 2, size.height + GAP * 2];
  const [x, y] = middle(view);
  const home = { x: x - size.width / 2, y: y - size.height / 2, ...size };
  const spots = Array.from({ length: 8 }, (_, ring) => around(ring)).flat();
  const free = spots
    .map(([column, row]) => ({ ...home, x: home.x + column * stepX, y: home.y + row * stepY }))
    .filter((box) => !taken.some((other) => overlap(box, other)));
  return free.find((box) => inside(box, view)) ?? free[0] ?? home;
}

/** The same shapes, moved as a whole to the right of the others; where they are if there are none. */
export function beside<T extends Box>(shapes: readonly T[], others: readonly Box[]): T[] {
  if (!others.length || !shapes.length) return [...shapes];
  const right = Math.max(...others.map(({ x, width }) => x + width));
  const across = right + GAP * 4 - Math.min(...shapes.map(({ x }) => x));
  const down = Math.min(...others.map(({ y }) => y)) - Math.min(...shapes.map(({ y }) => y));
  return shapes.map((shape) => ({ ...shape, x: shape.x + across, y: shape.y + down }));
}

function inside(box: Box, view: Box): boolean {
  return (
    box.x >= view.x &&
    box.y >= view.y &&
    box.x + box.width <= view.x + view.width &&
    box.y + box.height <= view.y + view.height
  );
}

/** The cells at distance `ring` from the middle: first beside, then below and above. */
function around(ring: number): [number, number][] {
  const cells: [number, number][] = [];
  for (let row = -ring; row <= ring; row++) {
    for (let column = -ring; column <= ring; column++) {
      if (Math.max(Math.abs(row), Math.abs(column)) === ring) cells.push([column, row]);
    }
  }
  return cells.sort((a, b) => Math.abs(a[1]) - Math.abs(b[1]) || b[0] - a[0] || b[1] - a[1]);
}

function overlap(a: Box, b: Box): boolean {
  const margin = GAP / 2;
  return (
    a.x < b.x + b.width + margin && b.x < a.x + a.width + margin && a.y < b.y + b.height + margin && b.y < a.y + a.height + margin
  );
}

/** From the edge of `from` to the edge of `to`, along the line between their middles, `gap` away from both. */
export function between(from: Box, to: Box, gap: number): { start: [number, number]; end: [number, number] } {
  return { start: edge(from, middle(to), gap), end: edge(to, middle(from), gap) };
}

function edge(box: Box, towards: [number, number], gap: number): [number, number] {
  const [x, y] = middle(box);
  const [dx, dy] = [towards[0] - x, towards[1] - y];
  const length = Math.hypot(dx, dy);
  if (!length) return [x, y];
  const reach = Math.min(
    dx ? box.width / 2 / Math.abs(dx) : Number.POSITIVE_INFINITY,
    dy ? box.height / 2 / Math.abs(dy) : Number.POSITIVE_INFINITY,
  );
  const share = Math.min(reach + gap / length, 0.5);
  return [x + dx * share, y + dy * share];
}

function middle({ x, y, width, height }: Box): [number, number] {
  return [x + width / 2, y + height / 2];
}
