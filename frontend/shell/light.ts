/** Whoever chose light or dark has it from the first moment of a page, before the server says so. */
const light = document.cookie.match(/(?:^|; )onedoor-light=(\w+)/)?.[1];
if (light === 'DARK' || light === 'LIGHT') document.documentElement.setAttribute('theme', light.toLowerCase());

export {};
