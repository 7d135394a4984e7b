/** Results that are asked again and again for the same input: the newest few of each kind are kept. */
export function keeper<Value>(most: number): (input: object, key: string, make: () => Value) => Value {
  const all = new WeakMap<object, Map<string, Value>>();
  return (input, key, make) => {
    const known = all.get(input) ?? new Map<string, Value>();
    all.set(input, known);
    const found = known.has(key) ? known.get(key)! : make();
    known.delete(key);
    known.set(key, found);
    if (known.size > most) known.delete(known.keys().next().value!);
    return found;
  };
}
