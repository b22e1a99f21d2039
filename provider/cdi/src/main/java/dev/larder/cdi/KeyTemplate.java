package dev.larder.cdi;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A string with parameters of a method in braces, in whose place their arguments stand in keys.
 *
 * @param texts what stands before each parameter, and behind the last
 * @param positions the parameters
 */
record KeyTemplate(List<String> texts, List<Integer> positions) {
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it names a parameter that the method does not have
   */
  static KeyTemplate parse(String template, Method method) {
    var texts = new ArrayList<String>();
    var positions = new ArrayList<Integer>();
    Matcher matcher = BRACES.matcher(template);
    int end = 0;
    while (matcher.find()) {
      texts.add(template.substring(end, matcher.start()));
      positions.add(position(matcher.group(1), method));
      end = matcher.end();
    }
    texts.add(template.substring(end));
    return new KeyTemplate(List.copyOf(texts), List.copyOf(positions));
  }

  /**
   * Returns the position of a parameter.
   *
   * @param name its name, or its position
   * @throws IllegalArgumentException if the method does not have it
   */
  static int position(String name, Method method) {
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (name.equals(Integer.toString(i))
          || (parameters[i].isNamePresent() && name.equals(parameters[i].getName()))) {
        return i;
      }
    }
    boolean named = parameters.length > 0 && parameters[0].isNamePresent();
    throw new IllegalArgumentException(
        "there is no parameter '%s'; the parameters are %s%s"
            .formatted(
                name,
                Arrays.stream(parameters)
                    .map(Parameter::getName)
                    .collect(Collectors.joining(", ", "(", ")")),
                named ? "" : ", since the class was compiled without -parameters; use positions"));
  }

  String fill(@Nullable Object[] arguments) {
    var key = new StringBuilder(texts.get(0));
    for (int i = 0; i < positions.size(); i++) {
      Object argument = arguments[positions.get(i)];
      key.append(argument instanceof Object[] array ? Arrays.deepToString(array) : argument);
      key.append(texts.get(i + 1));
    }
    return key.toString();
  }
}
