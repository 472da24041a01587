import { parseArgs } from 'node:util';
import { z } from 'zod';

/**
 * The options of the program that runs, by their schema; `switches` are those that take no value. When they do not fit
 * it says what is wrong and how the program is used, and ends this process with 2.
 */
export function readFlags<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  { switches, usage }: { switches: readonly (keyof Shape & string)[]; usage: string },
): z.infer<z.ZodObject<Shape>> {
  const options = Object.fromEntries(
    Object.keys(schema.shape).map((name) => {
      const type = switches.includes(name) ? ('boolean' as const) : ('string' as const);
      return [name, { type }];
    }),
  );
  try {
    return schema.parse(parseArgs({ options }).values);
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    console.error(`${what}\nusage: ${usage}`);
    return process.exit(2);
  }
}
