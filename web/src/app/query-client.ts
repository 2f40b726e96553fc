import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/client";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // The client has already asked three times when the network failed; refusals stay refusals.
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && error.status >= 500 && error.status !== 503,
    },
  },
});
