export const init: any;
