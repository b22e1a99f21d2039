package dev.larder.cdi;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.annotation.CacheKeyGenerator;
import org.jspecify.annotations.Nullable;

/** What a method with one of Larder's own annotations must be like. */
final class DecoratorRules {
  private final Rules rules;

  DecoratorRules(Rules rules) {
    this.rules = rules;
  }

  static String missingCache(MethodDetails<?> details) {
    return details
        + ": there is no cache '"
        + details.getCacheName()
        + "' and none named '"
        + Caches.DEFAULT
        + "'; create it where the application produces its CacheManager";
  }

  List<@Nullable String> problems(MethodDetails<?> details) {
    var problems = new ArrayList<@Nullable String>();
    var method = details.getMethod();
    if (details.getCacheAnnotation() instanceof Cached cached) {
      problems.add(Rules.resultProblem(method, true));
      problems.add(templateProblem(cached.key(), method));
      if (!cached.key().isEmpty() && cached.keyGenerator() != CacheKeyGenerator.class) {
        problems.add("a key and a keyGenerator cannot be combined");
      }
      problems.add(durationProblem("timeToLive", cached.timeToLive()));
      problems.add(durationProblem("lease", cached.lease()));
      problems.add(skipProblem(cached.skip()));
    }
    if (details.getCacheAnnotation() instanceof MultiCached cached) {
      problems.add(keysProblem(cached.keys(), method));
      problems.add(isMap(method) ? null : "the method returns no Map, nor a stage of one");
      problems.add(templateProblem(cached.key(), method));
      problems.add(durationProblem("timeToLive", cached.timeToLive()));
      problems.add(skipProblem(cached.skip()));
    }
    return problems;
  }

  private static @Nullable String templateProblem(String template, Method method) {
    try {
      KeyTemplate.parse(template, method);
      return null;
    } catch (IllegalArgumentException e) {
      return "key \"" + template + "\": " + e.getMessage();
    }
  }

  private static @Nullable String keysProblem(String keys, Method method) {
    try {
      var type = method.getParameterTypes()[KeyTemplate.position(keys, method)];
      return type == Collection.class || type == List.class || type == Set.class
          ? null
          : "keys \"" + keys + "\": a " + type.getName() + " is no Collection, List or Set";
    } catch (IllegalArgumentException e) {
      return "keys \"" + keys + "\": " + e.getMessage();
    }
  }

  private static boolean isMap(Method method) {
    var type = method.getReturnType();
    if (Rules.isStage(type)
        && method.getGenericReturnType() instanceof ParameterizedType stage
        && stage.getActualTypeArguments().length == 1) {
      var value = stage.getActualTypeArguments()[0];
      return (value instanceof ParameterizedType map ? map.getRawType() : value) == Map.class;
    }
    return Map.class.isAssignableFrom(type) && type.isAssignableFrom(LinkedHashMap.class);
  }

  private static @Nullable String durationProblem(String attribute, String text) {
    try {
      return text.isEmpty() || !Duration.parse(text).minusNanos(1).isNegative()
          ? null
          : attribute + " \"" + text + "\" is not positive";
    } catch (DateTimeException e) {
      return attribute + " \"" + text + "\" is no duration such as \"PT10M\"";
    }
  }

  private @Nullable String skipProblem(Class<?> type) {
    return type == SkipRule.class ? null : rules.instanceProblem(type);
  }
}
