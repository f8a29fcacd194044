import { build } from "esbuild";

await build({
  entryPoints: { report: "src/main.js" },
  bundle: true,
  minify: true,
  legalComments: "none",
  charset: "ascii",
  target: ["es2022"],
  format: "iife",
  outdir: "dist",
  logLevel: "warning",
});
