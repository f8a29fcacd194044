// A surface through scattered values, and its lines of equal height.

// Shepard's inverse distances, to the fourth power: exact at the points, between their extremes everywhere else.
export function surface(points, width, height) {
  return (x, y) => {
    let sum = 0;
    let weights = 0;
    for (const point of points) {
      const squared = ((point.x - x) / width) ** 2 + ((point.y - y) / height) ** 2;
      if (squared < 1e-12) return point.value;
      const weight = 1 / (squared * squared);
      sum += weight * point.value;
      weights += weight;
    }
    return sum / weights;
  };
}

// The values of a function at the corners of a grid, row by row from the bottom.
export function sample(f, [left, right], [bottom, top], steps) {
  return Array.from({ length: steps + 1 }, (_, row) =>
    Array.from({ length: steps + 1 }, (_, column) =>
      f(left + ((right - left) * column) / steps, bottom + ((top - bottom) * row) / steps)));
}

// Marching squares: the pieces of the line on which a sampled function has this value, in steps of the grid.
export function isoline(grid, level) {
  const pieces = [];
  for (let row = 0; row + 1 < grid.length; row++)
    for (let column = 0; column + 1 < grid[row].length; column++) {
      const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const crossings = corners.flatMap((from, i) => crossing(grid, level, from, corners[(i + 1) % 4]));
      // A saddle has four crossings: two pieces.
      for (let i = 0; i + 1 < crossings.length; i += 2) pieces.push([crossings[i], crossings[i + 1]]);
    }
  return pieces;
}

function crossing(grid, level, from, to) {
  const [a, b] = [grid[from[1]][from[0]] - level, grid[to[1]][to[0]] - level];
  if (a < 0 === b < 0) return [];
  const part = a / (a - b);
  return [[from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]];
}
