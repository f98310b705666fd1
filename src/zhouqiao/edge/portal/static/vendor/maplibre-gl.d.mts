export const Map: any;
export const Marker: any;
