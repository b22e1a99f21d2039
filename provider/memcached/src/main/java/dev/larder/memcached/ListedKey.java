package dev.larder.memcached;

/**
 * A key that a server has listed, and that may begin with the prefix in question.
 *
 * @param itemKey the key, as Memcached has it
 * @param certain whether it begins with the prefix; else that is written with its value
 * @param live whether its time is not over; else that is written with its value
 */
record ListedKey(String itemKey, boolean certain, boolean live) {

  /** Says whether all is known without a look at the value. */
  boolean needsNoLook() {
    return certain && live && !ItemKeys.isHashed(itemKey);
  }
}
