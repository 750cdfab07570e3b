/**
 * Memoizes a function of one object; a result is kept for the object's lifetime. Only for objects that never change,
 * and results that are never undefined.
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
