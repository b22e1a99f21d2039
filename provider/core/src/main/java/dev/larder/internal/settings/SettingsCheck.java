package dev.larder.internal.settings;

import dev.larder.Undecodable;
import dev.larder.internal.Spelling;
import dev.larder.spi.Option;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** One check of all that a manager is told; collects what is wrong. */
final class SettingsCheck {
  static final String CACHES = "caches";

  private final URI managerUri;
  private final List<RemoteStoreFactory> backends;
  private final ClassLoader loader;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Option<?>, Chosen> options = new HashMap<>();
  private final Map<String, Map<CacheSetting, Object>> caches = new LinkedHashMap<>();

  SettingsCheck(URI managerUri, List<RemoteStoreFactory> backends, ClassLoader loader) {
    this.managerUri = managerUri;
    this.backends = backends;
    this.loader = loader;
  }

  /**
   * Returns what the sources say together.
   *
   * @param sources what each says, those that win first
   * @throws CacheException that lists all that is wrong
   */
  ManagerSettings check(List<List<Given>> sources) {
    if (!managerUri.isAbsolute()) {
      throw noBackend(managerUri);
    }
    for (int rank = 0; rank < sources.size(); rank++) {
      checkSource(rank, sources.get(rank));
    }
    Chosen chosen = options.get(ManagerSettings.URI_OPTION);
    URI backend = chosen == null ? managerUri : (URI) chosen.value;
    RemoteStoreFactory factory = factory(backend);
    if (chosen != null) {
      checkParameters(chosen, backend, factory);
    }
    refuseProblems();
    boolean enabled = value(ManagerSettings.ENABLED, true);
    if (enabled && factory == null && !ManagerUri.isHeap(backend)) {
      throw noBackend(backend);
    }
    return new ManagerSettings(
        backend,
        factory,
        values(factory),
        value(ManagerSettings.NAMESPACE, ""),
        Undecodable.named(value(ManagerSettings.UNDECODABLE, "miss")),
        enabled,
        templates());
  }

  // ---- what each source says ------------------------------------------------------------------

  private void checkSource(int rank, List<Given> source) {
    Map<String, Map<CacheSetting, Object>> found = new LinkedHashMap<>();
    for (Given given : source) {
      try {
        check(rank, given, Resolved.of(given.value().strip()), found);
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(given.place(), String.valueOf(e.getMessage())));
      }
    }
    found.forEach(this::addUnlessSaid);
  }

  private void check(
      int rank, Given given, Resolved text, Map<String, Map<CacheSetting, Object>> found) {
    List<String> path = given.path();
    String first = path.get(0);
    if (first.equals(CACHES) && (path.size() == 2 || path.size() == 3)) {
      var settings = found.computeIfAbsent(path.get(1), any -> new EnumMap<>(CacheSetting.class));
      if (path.size() == 3) {
        note(path.get(1), path.get(2), text, settings);
      } else if (!text.value().isEmpty()) {
        throw new IllegalArgumentException(
            "%s must have settings, such as %1$s.max-entries".formatted(given.name()));
      }
      return;
    }
    if (path.size() == 1 && text.value().isEmpty() && isSection(first)) {
      return;
    }
    Option<?> option = path.size() <= 2 ? option(path) : null;
    if (option == null) {
      throw new IllegalArgumentException(unknown(first, given.name()));
    }
    Object parsed = option.parse(text.value(), text.shown());
    if (parsed instanceof URI uri && rank > 0 && ManagerUri.isOpen(uri)) {
      throw new IllegalArgumentException(
          "uri must name a backend, such as memory: or redis://localhost:6379, not a configuration");
    }
    options.putIfAbsent(option, new Chosen(parsed, text, rank, given.place()));
  }

  private boolean isSection(String name) {
    return name.equals(CACHES) || backends.stream().anyMatch(each -> each.name().equals(name));
  }

  /** Returns the option of a path; {@code null} if there is nothing like it. */
  private @Nullable Option<?> option(List<String> path) {
    if (path.size() == 1) {
      return named(path.get(0), ManagerSettings.OPTIONS);
    }
    for (RemoteStoreFactory each : backends) {
      if (each.name().equals(path.get(0))) {
        Option<?> option = named(path.get(1), each.options());
        if (option == null) {
          throw new IllegalArgumentException(
              Spelling.unknown("setting of " + each.name(), path.get(1), names(each.options())));
        }
        return option;
      }
    }
    return null;
  }

  private static @Nullable Option<?> named(String name, List<Option<?>> options) {
    return options.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  private static List<String> names(List<Option<?>> options) {
    return options.stream().map(Option::name).sorted().toList();
  }

  private String unknown(String first, String name) {
    List<String> known =
        Stream.concat(
                Stream.concat(
                    names(ManagerSettings.OPTIONS).stream(), Stream.of(CACHES + ".NAME.SETTING")),
                backends.stream().map(backend -> backend.name() + ".SETTING"))
            .toList();
    List<String> sections = known.stream().map(each -> each.replaceFirst("\\..*", "")).toList();
    if (sections.contains(first)) {
      return "there is no setting '%s'; there are %s".formatted(name, String.join(", ", known));
    }
    return Spelling.unknown("setting", first, sections)
        + " (a backend brings its own, as larder-redis does)";
  }

  private void note(String cache, String name, Resolved text, Map<CacheSetting, Object> settings) {
    CacheSetting setting =
        Arrays.stream(CacheSetting.values())
            .filter(known -> known.option().name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        Spelling.unknown(
                            "setting of a cache",
                            name,
                            Arrays.stream(CacheSetting.values())
                                .map(known -> known.option().name())
                                .toList())));
    for (CacheSetting present : settings.keySet()) {
      if (setting.excludes(present)) {
        throw new IllegalArgumentException(
            "cache '%s' has %s and %s, which exclude each other; leave one out"
                .formatted(cache, present.option(), setting.option()));
      }
    }
    try {
      settings.put(setting, setting.parse(text, loader));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cache '%s': %s".formatted(cache, e.getMessage()), e);
    }
  }

  /** Adds what no source that wins over this one has said, or has said otherwise. */
  private void addUnlessSaid(String cache, Map<CacheSetting, Object> settings) {
    Map<CacheSetting, Object> said =
        caches.computeIfAbsent(cache, any -> new EnumMap<>(CacheSetting.class));
    settings.entrySet().stream()
        .filter(
            each ->
                said.keySet().stream()
                    .noneMatch(other -> other == each.getKey() || other.excludes(each.getKey())))
        .toList()
        .forEach(each -> said.put(each.getKey(), each.getValue()));
  }

  // ---- what the URI of the backend says -------------------------------------------------------

  /** Returns what opens a URI; {@code null} if it is the heap, or nothing does. */
  private @Nullable RemoteStoreFactory factory(URI uri) {
    return backends.stream()
        .filter(backend -> backend.schemes().contains(ManagerUri.scheme(uri)))
        .findFirst()
        .orElse(null);
  }

  /** The parameters of a URI count as much as the place where the URI is. */
  private void checkParameters(Chosen uri, URI backend, @Nullable RemoteStoreFactory factory) {
    if (factory == null) {
      if (ManagerUri.isHeap(backend) && backend.toString().contains("?")) {
        problems.add(new Problem(uri.place, "caches in memory have no parameters; leave them out"));
      }
      return;
    }
    if (String.valueOf(backend.getRawQuery()).contains("@")) {
      problems.add(
          new Problem(
              uri.place,
              "there is an @ behind a question mark; a password has %3F for ?, and %40 for @"));
      return;
    }
    List<Option<?>> known = new ArrayList<>(ManagerSettings.PARAMETERS);
    factory.options().stream().filter(option -> !option.isSecret()).forEach(known::add);
    try {
      OptionValues.parameters(backend)
          .forEach((name, value) -> checkParameter(uri, name, value, known));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(uri.place, String.valueOf(e.getMessage())));
    }
  }

  private void checkParameter(Chosen uri, String name, String value, List<Option<?>> known) {
    Option<?> option = named(name, known);
    try {
      if (option == null) {
        throw new IllegalArgumentException(Spelling.unknown("parameter", name, names(known)));
      }
      Resolved text = uri.text.parameter(name, value);
      Object parsed = option.parse(text.value(), text.shown());
      Chosen parameter = new Chosen(parsed, text, uri.rank, uri.place);
      Chosen said = options.get(option);
      if (said != null && said.rank == uri.rank) {
        throw new IllegalArgumentException(
            "the parameter '%s' is there again (%s); leave one out".formatted(name, said.place));
      }
      if (said == null || said.rank > uri.rank) {
        options.put(option, parameter);
      }
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(uri.place, String.valueOf(e.getMessage())));
    }
  }

  // ---- the end --------------------------------------------------------------------------------

  private void refuseProblems() {
    if (problems.isEmpty()) {
      return;
    }
    String uri = Sources.placeOf(managerUri);
    if (problems.stream().allMatch(problem -> problem.place.equals(uri))) {
      throw new CacheException(
          "%s cannot be used: %s"
              .formatted(uri, String.join("; ", problems.stream().map(Problem::text).toList())));
    }
    throw new CacheException(
        "the configuration of CacheManager %s cannot be used:%s"
            .formatted(
                ManagerUri.withoutUserInfo(managerUri),
                String.join(
                    "",
                    problems.stream()
                        .map(problem -> "\n  %s: %s".formatted(problem.place, problem.text))
                        .toList())));
  }

  private CacheException noBackend(URI uri) {
    TreeSet<String> known = new TreeSet<>(List.of("larder", "memory"));
    backends.forEach(backend -> known.addAll(backend.schemes()));
    return new CacheException(
        ("no backend belongs to the URI '%s'; the class path has backends for the schemes %s"
                + " (larder-redis and larder-memcached have some each)")
            .formatted(ManagerUri.withoutUserInfo(uri), known));
  }

  @SuppressWarnings("unchecked") // the option has parsed it
  private <T> T value(Option<T> option, T otherwise) {
    Chosen chosen = options.get(option);
    return chosen == null ? otherwise : (T) chosen.value;
  }

  private OptionValues values(@Nullable RemoteStoreFactory factory) {
    List<Option<?>> known = factory == null ? List.of() : factory.options();
    Map<String, String> texts = new HashMap<>();
    for (Option<?> option : known) {
      if (options.containsKey(option)) {
        texts.put(option.name(), Objects.requireNonNull(options.get(option)).text.value());
      }
    }
    return OptionValues.of(texts, known);
  }

  private List<CacheTemplate> templates() {
    return caches.entrySet().stream()
        .map(cache -> new CacheTemplate(cache.getKey(), cache.getValue()))
        .sorted(
            Comparator.comparing(CacheTemplate::isPattern)
                .thenComparing(template -> -template.name().length()))
        .toList();
  }

  /**
   * The value of an option that counts.
   *
   * @param value the value
   * @param text what it was parsed from
   * @param rank the number of its source, of which the least wins
   * @param place where it was written
   */
  private record Chosen(Object value, Resolved text, int rank, String place) {}

  private record Problem(String place, String text) {}
}
