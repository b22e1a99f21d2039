package dev.larder.internal.eviction;

/**
 * How often keys were used that are no longer in the cache: for the last of them, about twice as
 * many as there are entries.
 *
 * <p>A key has 16 bits, in a set that its hash code chooses: 12 that tell it from the others of the
 * set, where one in 500 or so is mistaken for another, and a number of uses. The numbers are halved
 * as new keys come. Nothing is allocated before the first key comes.
 */
final class History {
  private static final int WAYS = 8;
  private static final int KEYS_PER_ENTRY = 2;
  private static final int USES = 0xF;

  /** Each key is halved once while four times as many as there are entries come. */
  private static final int KEYS_PER_AGED_SET = 4 * WAYS / KEYS_PER_ENTRY;

  private short[] keys = {};
  private int sets;
  private int agedSet;
  private int untilAging = KEYS_PER_AGED_SET;

  /** Returns how often a key was used, which is forgotten with that; 0 if it is not known. */
  int take(int hash) {
    int first = firstOf(hash);
    int last = first + Math.min(keys.length, WAYS) - 1;
    for (int i = first; i <= last; i++) {
      int key = keys[i] & 0xFFFF;
      if (key != 0 && key >>> 4 == tag(hash)) {
        System.arraycopy(keys, i + 1, keys, i, last - i);
        keys[last] = 0;
        return key & USES;
      }
    }
    return 0;
  }

  /** Remembers a key, at the cost of the oldest of its set. */
  void put(int hash, int uses, int entries) {
    makeRoomFor(entries);
    int first = firstOf(hash);
    System.arraycopy(keys, first, keys, first + 1, WAYS - 1);
    keys[first] = (short) ((tag(hash) << 4) | Math.max(1, Math.min(USES, uses)));
    if (--untilAging == 0) {
      untilAging = KEYS_PER_AGED_SET;
      ageOneSet();
    }
  }

  /** Starts anew when the cache has grown beyond what its history was made for. */
  private void makeRoomFor(int entries) {
    int needed = Math.max(1, entries * KEYS_PER_ENTRY / WAYS);
    if (needed > 2 * sets) {
      sets = needed;
      keys = new short[sets * WAYS];
      agedSet = 0;
    }
  }

  private void ageOneSet() {
    agedSet = agedSet + 1 < sets ? agedSet + 1 : 0;
    for (int i = agedSet * WAYS; i < (agedSet + 1) * WAYS; i++) {
      int key = keys[i] & 0xFFFF;
      if (key != 0) {
        keys[i] = (short) ((key & ~USES) | Math.max(1, (key & USES) >>> 1));
      }
    }
  }

  private int firstOf(int hash) {
    return (int) (((hash & 0xFFFF_FFFFL) * sets) >>> 32) * WAYS;
  }

  private static int tag(int hash) {
    return (hash * 0x9E3779B9) >>> 20;
  }
}
