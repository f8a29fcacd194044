// While the sweep runs the file is written anew: the open page loads it again, and its address keeps what the reader chose.
export function startRefresh() {
  const seconds = Number(document.documentElement.dataset.refresh);
  if (seconds > 0) setTimeout(() => location.reload(), 1000 * seconds);
}
