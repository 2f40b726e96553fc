if (typeof document !== "undefined") await import("./document");

export {};
