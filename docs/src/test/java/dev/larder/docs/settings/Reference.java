package dev.larder.docs.settings;

import dev.larder.internal.settings.ManagerSettings;
import dev.larder.spi.Option;
import dev.larder.spi.RemoteStoreFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be set, as the code that checks it knows it: as tables, and as a JSON Schema. */
final class Reference {
  private static final List<RemoteStoreFactory> BACKENDS =
      ServiceLoader.load(RemoteStoreFactory.class).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(RemoteStoreFactory::name).reversed())
          .toList();

  private Reference() {}

  /** Returns the table of a group: {@code manager}, {@code caches}, or a backend by its name. */
  static String table(String group) {
    StringJoiner rows = new StringJoiner("\n", "\n", "\n");
    rows.add(
        "| %s | meaning | a value is | default |"
            .formatted(group.matches("manager|caches") ? "setting" : "parameter"));
    rows.add("|---|---|---|---|");
    options(group)
        .map(
            option ->
                "| `%s` | %s%s | %s | %s |"
                    .formatted(
                        option.name(),
                        option.meaning(),
                        option.isSecret() && !option.name().equals("uri") ? "; not in a URI" : "",
                        option.allowed(),
                        otherwise(option)))
        .forEach(rows::add);
    return rows.toString();
  }

  private static String otherwise(Option<?> option) {
    String text = option.otherwise();
    if (text == null) {
      return "";
    }
    return text.matches("[\\w:-]+") && !text.equals("none") ? "`" + text + "`" : text;
  }

  private static Stream<Option<?>> options(String group) {
    return switch (group) {
      case "manager" -> ManagerSettings.OPTIONS.stream();
      case "caches" -> ManagerSettings.CACHE_OPTIONS.stream();
      default ->
          Stream.concat(
              ManagerSettings.PARAMETERS.stream(),
              BACKENDS.stream()
                  .filter(backend -> backend.name().equals(group))
                  .flatMap(backend -> backend.options().stream()));
    };
  }

  /** Returns the JSON Schema of configuration files. */
  static String schema() {
    List<String> members = new ArrayList<>();
    ManagerSettings.OPTIONS.forEach(option -> members.add(member(option, "    ")));
    BACKENDS.forEach(
        backend ->
            members.add(
                "    \"%s\": %s".formatted(backend.name(), object(backend.options(), "    "))));
    members.add(
        """
            "caches": {
              "description": "settings by the names of caches, or patterns such as users-*",
              "type": ["object", "null"],
              "additionalProperties": %s
            }\
        """
            .formatted(object(ManagerSettings.CACHE_OPTIONS, "      "))
            .indent(0)
            .stripTrailing());
    return """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Larder's configuration, larder.yaml or larder.json",
          "type": "object",
          "properties": {
        %s
          },
          "additionalProperties": false
        }
        """
        .formatted(String.join(",\n", members));
  }

  private static String object(List<Option<?>> options, String margin) {
    Function<Option<?>, String> member = option -> member(option, margin + "    ");
    return options.stream()
        .map(member)
        .collect(
            Collectors.joining(
                ",\n",
                "{\n%s  \"type\": [\"object\", \"null\"],\n%1$s  \"properties\": {\n"
                    .formatted(margin),
                "\n%s  },\n%1$s  \"additionalProperties\": false\n%1$s}".formatted(margin)));
  }

  private static String member(Option<?> option, String margin) {
    String description =
        "%s; %s"
            .formatted(option.meaning().replace("`", ""), option.allowed())
            .replace("\\", "\\\\")
            .replace("\"", "\\\"");
    return "%s\"%s\": {\"description\": \"%s\", %s"
        .formatted(margin, option.name(), description, option.schema().substring(1));
  }
}
