/** The root of all routes. Each feature hangs its own below it in `features/<noun>/routes.ts`. */

import { createRootRoute } from "@tanstack/react-router";
import { LoadFailed, NotFound } from "./Fallbacks";
import { Shell } from "./Shell";

export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: LoadFailed,
});
