const listeners = [];
const system = window.matchMedia("(prefers-color-scheme: dark)");
const key = "orchestrator-report-theme";

// A page opened from a file may have no storage at all.
function remembered() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : system.matches;
}

export function onTheme(listener) {
  listeners.push(listener);
}

export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function startTheme() {
  const button = document.getElementById("theme");
  const announce = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    listeners.forEach((listener) => listener());
  };
  const chosen = remembered();
  if (chosen) document.documentElement.dataset.theme = chosen;
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    remember(theme);
    announce();
  });
  system.addEventListener("change", announce);
  announce();
}
