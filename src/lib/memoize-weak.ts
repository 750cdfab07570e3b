/**
 * A function of one object that is worked out once for each object and remembered for as long as the object is there.
 * Only for objects that never change, and results that are never undefined.
 */
export function memoizeWeak<Key extends object, Value extends NonNullable<unknown> | null>(
  make: (key: Key) => Value,
): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
