import type { Light } from './screen.ts';

/** The state light in a reader's words. */
export function lightText(light: Light, words: Record<string, string>): string {
  const say = (key: string, ...args: unknown[]) =>
    args.reduce<string>((text, arg, n) => text.replace(`{${n}}`, String(arg)), words[key] ?? '');
  switch (light.is) {
    case 'kept':
      return say('kept');
    case 'sending':
      return light.back ? say('back', light.back) : say('sending');
    case 'offline':
      return say(!light.stored ? 'offlineUnkept' : light.minutes < 1 ? 'offlineNow' : 'offline', light.minutes, light.words);
    case 'saved':
      if (light.at === null) return say('savedNothing');
      return say('saved', new Date(light.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }));
  }
}
