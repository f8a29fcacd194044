// Sorting, filtering and choosing a reading of the tables that came with the page.
export function startLeaderboard(data, selection) {
  const boxes = [...document.querySelectorAll("[data-table]")];
  const indexOf = new Map(data.configurations.map((c, i) => [c.id, i]));
  boxes.forEach((box) => makeSortable(box.querySelector("table")));

  const filter = document.getElementById("filter");
  filter.addEventListener("input", () => selection.change({ text: filter.value }));

  const readings = [...document.querySelectorAll("#readings button")];
  readings.forEach((button) =>
    button.addEventListener("click", () =>
      selection.change({ reading: data.readings.indexOf(Number(button.dataset.reading)) })));

  const choice = document.getElementById("data-set");
  choice?.addEventListener("change", () => selection.change({ data: Number(choice.value), brushes: [] }));

  const count = document.getElementById("count");
  selection.follow((state) => {
    if (filter.value !== state.text) filter.value = state.text;
    if (choice) choice.value = String(state.data);
    readings.forEach((button) =>
      button.setAttribute("aria-pressed", String(Number(button.dataset.reading) === data.readings[state.reading])));
    let kept = 0;
    boxes.forEach((box) => {
      const shown = Number(box.dataset.table) === data.readings[state.reading];
      box.hidden = !shown;
      for (const row of box.querySelectorAll("tbody tr")) {
        const keep = selection.keeps(indexOf.get(row.dataset.id));
        row.hidden = !keep;
        if (shown && keep) kept++;
      }
    });
    count.textContent = selection.isNarrowed() ? `${kept} of ${data.configurations.filter((_, i) => selection.isOfData(i)).length} configurations` : "";
  });
}

function makeSortable(table) {
  const headings = [...table.querySelectorAll("thead th")];
  headings.forEach((heading, column) => {
    if ("fixed" in heading.dataset) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(table.tBodies[0], column, descending);
    });
  });
}

function sort(body, column, descending) {
  const sign = descending ? -1 : 1;
  const keyed = [...body.rows].map((row) => {
    const cell = row.cells[column];
    const value = cell.dataset.sort;
    return { row, number: value ? Number(value) : null, text: cell.textContent.trim() };
  });
  keyed.sort((a, b) => {
    if (a.number !== null && b.number !== null) return sign * (a.number - b.number);
    // What has no figure stays at the end either way.
    if (a.number !== null || b.number !== null) return a.number === null ? 1 : -1;
    return sign * a.text.localeCompare(b.text);
  });
  body.append(...keyed.map((entry) => entry.row));
}
