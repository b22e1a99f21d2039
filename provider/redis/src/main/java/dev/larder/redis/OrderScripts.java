package dev.larder.redis;

import static dev.larder.redis.Scripts.bytes;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The scripts of a bounded cache on one server: what they do to entries, and to the order of
 * eviction beside them, is atomic.
 *
 * <p>The order is a sorted set. Its members are the cache's keys without their prefix, and the
 * lowest goes first. Five members are settings, with negative scores: {@code ~@bound} has the
 * bound, {@code ~@policy} the policy's number, {@code ~@base} and {@code ~@tick} serve {@code lfu},
 * whose scores are the base, plus 2^32 times the number of uses, plus the tick of the last use.
 * What another policy left has scores up to the base, and counts as used once.
 *
 * <p>{@code ~@scan} says whether the order has all entries of the cache: -1 if so; else the second,
 * negated, at which a client was last asked to take them in, or did some of it. If that is a while
 * ago, that client is taken for dead, and the next one is asked.
 *
 * <p>The first arguments of each script are policy and bound as the client knows them: those on the
 * server count, but if the order is missing, the next script that stores an entry makes a new one.
 */
final class OrderScripts {
  /** What the key of the order has after the cache's prefix; no entry's key does. */
  static final byte[] SUFFIX = bytes("~@");

  /** KEYS[1]: the order. */
  private static final String ORDER =
      """
      local order = KEYS[1]
      local prefix = string.sub(order, 1, -3)
      local POLICIES = {lru = 1, lfu = 2, fifo = 3}
      local SETTINGS = 5
      local WHOLE = -1
      local PATIENCE = 5
      local settings = redis.call('ZMSCORE', order, '~@bound', '~@policy', '~@base', '~@scan')
      local lost = not settings[1]
      local bound = lost and tonumber(ARGV[2]) or -tonumber(settings[1])
      local policy = settings[2] and -tonumber(settings[2]) or POLICIES[ARGV[1]]
      local base = settings[3] and -tonumber(settings[3]) - 1 or 0
      local scan = settings[4] and tonumber(settings[4]) or WHOLE

      local function top()
        local last = redis.call('ZREVRANGE', order, 0, 0, 'WITHSCORES')
        return last[2] and math.max(0, tonumber(last[2])) or 0
      end

      local function setScan(score)
        scan = score
        redis.call('ZADD', order, scan, '~@scan')
      end

      local function now()
        return tonumber(redis.call('TIME')[1])
      end

      local made = false

      local function save()
        redis.call('ZADD', order, -bound, '~@bound', -policy, '~@policy', -1 - base, '~@base')
        redis.call('ZADD', order, 'NX', -1, '~@tick')
        if lost and not made then
          made = true
          setScan(WHOLE - 1)
        end
      end

      local function use(member, times)
        if policy == POLICIES.fifo then
          redis.call('ZADD', order, 'NX', top() + 1, member)
        elseif policy == POLICIES.lru then
          redis.call('ZADD', order, top() + 1, member)
        else
          local score = tonumber(redis.call('ZSCORE', order, member) or -1)
          local uses = score > base and math.floor((score - base) / 2^32) or score >= 0 and 1 or 0
          local tick = -tonumber(redis.call('ZINCRBY', order, -1, '~@tick')) % 2^32
          redis.call('ZADD', order, base + math.min(uses + times, 65535) * 2^32 + tick, member)
        end
      end

      local function change(wanted)
        if wanted == POLICIES.lfu and policy ~= wanted then
          base = top()
        end
        policy, bound = wanted, tonumber(ARGV[2])
        save()
      end

      local function excess()
        return redis.call('ZCARD', order) - SETTINGS - bound
      end

      local function asksForOldEntries()
        if (lost and not made) or scan == WHOLE or now() + scan < PATIENCE then
          return 0
        end
        setScan(-now())
        return 1
      end

      local function told(evicted)
        return {evicted, asksForOldEntries(), policy, bound}
      end

      """;

  /** Beside the order, the server of {@link #ORDER} has the entries too. */
  private static final String ENTRIES =
      """
      local function exists(member)
        return redis.call('EXISTS', prefix .. member) == 1
      end

      local function useNoted(from)
        if not lost then
          for i = from, #ARGV, 3 do
            if exists(ARGV[i + 1]) then
              use(ARGV[i + 1], tonumber(ARGV[i + 2]))
            else
              redis.call('ZREM', order, ARGV[i + 1])
            end
          end
        end
      end

      local function dropSomeWithoutEntry()
        for _, member in ipairs(redis.call('ZRANDMEMBER', order, SETTINGS + 4)) do
          if string.sub(member, 1, 2) ~= '~@' and not exists(member) then
            redis.call('ZREM', order, member)
          end
        end
      end

      local function evict(spared)
        local evicted = 0
        if excess() > 0 then
          dropSomeWithoutEntry()
        end
        local left = math.min(excess(), 1000)
        if left <= 0 then
          return 0
        end
        for _, member in ipairs(
            redis.call('ZRANGEBYSCORE', order, 0, '+inf', 'LIMIT', 0, left + 1)) do
          if left > 0 and member ~= spared then
            left = left - redis.call('ZREM', order, member)
            evicted = evicted + redis.call('UNLINK', prefix .. member)
          end
        end
        return evicted
      end

      """;

  /**
   * KEYS[2]: the entry. ARGV[3] to ARGV[8]: the condition, the expected value or its SHA-1, the
   * time to live where there is no value, where there is one, whether to answer with the old value,
   * the new one; then the uses that were noted.
   */
  private static final Script WRITE =
      script(
          Scripts.SET
              + """
              local entry = KEYS[2]
              local member = string.sub(entry, #prefix + 1)
              local condition, expected, answer = ARGV[3], ARGV[4], ARGV[7]
              local old
              if answer == 'value' or condition == 'bytes' or condition == 'sha1' then
                old = redis.call('GET', entry)
              else
                old = redis.call('EXISTS', entry) == 1
              end
              local holds = condition == 'any'
                  or condition == 'absent' and not old
                  or condition == 'present' and old
                  or condition == 'bytes' and old == expected
                  or condition == 'sha1' and old and redis.sha1hex(old) == expected
              local evicted = 0
              if holds then
                local ttl = old and ARGV[6] or ARGV[5]
                set(entry, ARGV[8], ttl)
                useNoted(9)
                if ttl == 'none' then
                  redis.call('ZREM', order, member)
                else
                  if lost then
                    save()
                  end
                  use(member, 1)
                  evicted = evict(member)
                end
              end
              local answers = told(evicted)
              answers[5] = old and 1 or 0
              answers[6] = holds and 1 or 0
              answers[7] = answer == 'value' and old
              return answers
              """);

  /** ARGV from 3 on: notes of uses. */
  private static final Script TELL =
      script(
          """
          useNoted(3)
          return told(lost and 0 or evict())
          """);

  /**
   * ARGV[3]: whether there are {@code more} entries than these, or these are {@code all}. ARGV from
   * 4 on: members that go first unless they are in the order already.
   */
  private static final Script ADOPT =
      script(
          """
          if not lost then
            for i = 4, #ARGV do
              if exists(ARGV[i]) then
                redis.call('ZADD', order, 'NX', 0, ARGV[i])
              end
            end
            setScan(ARGV[3] == 'all' and WHOLE or -now())
          end
          return told(lost and 0 or evict())
          """);

  /** Answers also how many must go yet. */
  private static final Script CHANGE =
      script(
          """
          change(POLICIES[ARGV[1]])
          local answers = told(evict())
          answers[5] = math.max(0, excess())
          return answers
          """);

  /** KEYS from 2 on: entries. Answers also how many there were. */
  private static final Script REMOVE =
      script(
          """
          local removed = 0
          for i = 2, #KEYS do
            removed = removed + redis.call('UNLINK', KEYS[i])
            redis.call('ZREM', order, string.sub(KEYS[i], #prefix + 1))
          end
          local answers = told(0)
          answers[5] = removed
          return answers
          """);

  /**
   * Answers also which entries should go, each with its score; and, where those that were used
   * often would stay for ever, one that the client should look for.
   */
  private static final String VICTIMS =
      """
      local function doubtful()
        local drawn = redis.call('ZRANDMEMBER', order, 1, 'WITHSCORES')
        local used = tonumber(drawn[2]) - base
        local tick = -tonumber(redis.call('ZSCORE', order, '~@tick'))
        return used > 0 and tick - used % 2^32 > 100 and {drawn[1]} or {}
      end

      local function victims(spared, adopting)
        local found = {}
        local left = adopting and 0 or math.min(excess(), 1000)
        if left > 0 then
          local lowest = redis.call(
              'ZRANGEBYSCORE', order, 0, '+inf', 'WITHSCORES', 'LIMIT', 0, left + 1)
          for i = 1, #lowest, 2 do
            if left > 0 and lowest[i] ~= spared then
              left = left - 1
              found[#found + 1] = lowest[i]
              found[#found + 1] = lowest[i + 1]
            end
          end
        end
        local answers = told(0)
        answers[5] = found
        answers[6] = #found > 0 and policy == POLICIES.lfu and doubtful() or {}
        return answers
      end

      """;

  /**
   * For an order whose entries are on other servers. ARGV from 3 on: notes, each of what it says,
   * of which member, and a number; a member that was {@code put} is taken in, the last of them
   * stays. Nothing goes because of members that are {@code old}: an entry that was just stored may
   * be among them. Those end with {@code more} or {@code all}; {@code missed} says that the order
   * does not have all entries.
   */
  private static final Script ADMIT =
      new Script(
          ORDER
              + VICTIMS
              + """
              local last
              local adopting = false
              for i = 3, #ARGV, 3 do
                local verb, member, number = ARGV[i], ARGV[i + 1], ARGV[i + 2]
                if verb == 'put' then
                  if lost and not made then
                    save()
                  end
                  use(member, 1)
                  last = member
                elseif lost and not made then
                  -- there is no order to change
                elseif verb == 'use' then
                  use(member, tonumber(number))
                elseif verb == 'lower' then
                  redis.call('ZADD', order, 'XX', 0, member)
                elseif verb == 'old' then
                  redis.call('ZADD', order, 'NX', 0, member)
                elseif verb == 'more' or verb == 'all' then
                  adopting = true
                  setScan(verb == 'all' and WHOLE or -now())
                elseif verb == 'missed' then
                  if scan == WHOLE then
                    setScan(WHOLE - 1)
                  end
                elseif redis.call('ZSCORE', order, member) == number then
                  redis.call('ZREM', order, member)
                end
              end
              return victims(last, adopting)
              """,
          ScriptOutputType.MULTI);

  /** {@link #CHANGE} for an order whose entries are on other servers. */
  private static final Script CHANGE_APART =
      new Script(
          ORDER
              + VICTIMS
              + """
              change(POLICIES[ARGV[1]])
              return victims()
              """,
          ScriptOutputType.MULTI);

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;
  private final byte[] order;

  /** Creates the scripts for the cache whose keys begin with a prefix. */
  OrderScripts(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] prefix) {
    this.commands = commands;
    this.order = concat(prefix, SUFFIX);
  }

  static byte[] concat(byte[] start, byte[] end) {
    byte[] all = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, all, start.length, end.length);
    return all;
  }

  /** Returns keys of a cache without that of its order. */
  static List<byte[]> withoutOrder(List<byte[]> keys, byte[] prefix) {
    return keys.stream()
        .filter(key -> !Arrays.equals(key, prefix.length, key.length, SUFFIX, 0, SUFFIX.length))
        .toList();
  }

  private static Script script(String source) {
    return new Script(ORDER + ENTRIES + source, ScriptOutputType.MULTI);
  }

  CompletionStage<List<Object>> write(byte[] key, Write write, Bound bound, List<byte[]> uses) {
    List<byte[]> arguments = new ArrayList<>(write.arguments());
    arguments.addAll(uses);
    return run(WRITE, List.of(order, key), bound, arguments);
  }

  CompletionStage<List<Object>> tell(Bound bound, List<byte[]> uses) {
    return run(TELL, List.of(order), bound, uses);
  }

  CompletionStage<List<Object>> adopt(Bound bound, List<byte[]> members, boolean areAll) {
    List<byte[]> arguments = new ArrayList<>(members.size() + 1);
    arguments.add(bytes(areAll ? "all" : "more"));
    arguments.addAll(members);
    return run(ADOPT, List.of(order), bound, arguments);
  }

  CompletionStage<List<Object>> change(Bound bound) {
    return run(CHANGE, List.of(order), bound, List.of());
  }

  CompletionStage<List<Object>> remove(Bound bound, List<byte[]> entries) {
    List<byte[]> keys = new ArrayList<>(entries.size() + 1);
    keys.add(order);
    keys.addAll(entries);
    return run(REMOVE, keys, bound, List.of());
  }

  CompletionStage<List<Object>> admit(Bound bound, List<byte[]> notes) {
    return run(ADMIT, List.of(order), bound, notes);
  }

  CompletionStage<List<Object>> changeApart(Bound bound) {
    return run(CHANGE_APART, List.of(order), bound, List.of());
  }

  private CompletionStage<List<Object>> run(
      Script script, List<byte[]> keys, Bound bound, List<byte[]> more) {
    List<byte[]> arguments = new ArrayList<>(more.size() + 2);
    arguments.add(bytes(bound.policy().toString()));
    arguments.add(bytes(Long.toString(bound.maxEntries())));
    arguments.addAll(more);
    return script.run(commands, keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new));
  }
}
