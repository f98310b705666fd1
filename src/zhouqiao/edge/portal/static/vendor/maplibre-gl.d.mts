export const Map: any;
export const Marker: any;
export function setWorkerUrl(url: string): void;
