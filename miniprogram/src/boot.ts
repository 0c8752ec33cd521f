/** The short address printed on codes, `/m/s?scene=…`, becomes the scan page's before the router reads it. */
const SHORT = /\/m\/s\/?$/;
if (SHORT.test(location.pathname)) {
  history.replaceState(history.state, '', location.pathname.replace(SHORT, '/m/pages/scan/scan') + location.search + location.hash);
}
export {};
