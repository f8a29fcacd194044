import { startLatentPoints } from "./charts/latent.js";
import { startExplorer } from "./explorer.js";

export function startLatent() {
  const element = document.getElementById("report-latents");
  const choice = document.getElementById("latent-model");
  if (!element || !choice) return;
  const models = JSON.parse(element.textContent);
  startLatentPoints(models, choice);
  startExplorer(models, choice);
}
