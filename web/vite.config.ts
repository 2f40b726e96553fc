import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The running server that `npm run dev` speaks to.
const target = process.env.KWABO_DEV_TARGET ?? "http://127.0.0.1:8000";
// The server refuses WebSockets whose Origin is not its own.
const proxied = { target, changeOrigin: true, ws: true, headers: { origin: target } };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    port: Number(process.env.KWABO_DEV_PORT ?? 5173),
    proxy: { "/api": proxied, "/sip": proxied },
  },
  build: {
    outDir: "../src/kwabo/api/static",
    emptyOutDir: true,
    target: "es2022",
    // Data URLs would need wider rules in the Content-Security-Policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Changes seldom: a browser keeps it over many releases of Kwabo.
        codeSplitting: {
          groups: [
            {
              name: "framework",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|@floating-ui)\//,
            },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 450,
  },
  test: {
    setupFiles: ["src/test/setup.ts"],
    css: false,
    restoreMocks: true,
    // A document takes longer to make than most tests take: who needs one without being a *.tsx
    // says so in its first line, `// @vitest-environment jsdom`.
    projects: [
      {
        extends: true,
        test: { name: "plain", include: ["src/**/*.test.ts"], environment: "node" },
      },
      {
        extends: true,
        test: { name: "page", include: ["src/**/*.test.tsx"], environment: "jsdom" },
      },
    ],
  },
});
