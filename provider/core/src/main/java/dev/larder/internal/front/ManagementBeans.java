package dev.larder.internal.front;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The MXBeans of one cache, on the platform's server.
 *
 * <p>Names are those that JSR-107 prescribes and monitoring tools look up: {@code
 * javax.cache:type=CacheStatistics,CacheManager=larder.default,Cache=users}; Larder's own have the
 * domain {@code dev.larder}. In the manager's URI {@code : = ,} become dots, as in the reference
 * implementation; a cache's name that an object name cannot hold as it is stands in quotes, so that
 * different names never meet. Where two managers of one URI (for two class loaders) have caches of
 * one name, the later bean gets an {@code instance} number.
 */
final class ManagementBeans {
  private static final String NEEDS_QUOTES = ",=:\"*?\n";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final String properties;
  private final ReentrantLock lock = new ReentrantLock();

  /** The registered beans' names by type; guarded by the lock. */
  private final Map<String, ObjectName> registered = new HashMap<>();

  ManagementBeans(URI manager, String cacheName) {
    this.properties =
        ",CacheManager=%s,Cache=%s"
            .formatted(
                quotedIfNeeded(manager.toString().replaceAll("[,:=\n]", ".")),
                quotedIfNeeded(cacheName));
  }

  /**
   * Registers the bean of a domain and type if there is none yet, or unregisters it if {@code
   * null}.
   */
  void set(String type, @Nullable Object bean) {
    lock.lock();
    try {
      ObjectName present = registered.get(type);
      if (bean != null && present == null) {
        registered.put(type, register(type + properties, bean));
      } else if (bean == null && present != null) {
        registered.remove(type);
        server.unregisterMBean(present);
      }
    } catch (InstanceNotFoundException e) {
      // Somebody else has unregistered it: nothing is left to do.
    } catch (JMException e) {
      throw new CacheException("cannot register the MXBean " + type + properties, e);
    } finally {
      lock.unlock();
    }
  }

  private ObjectName register(String name, Object bean) throws JMException {
    for (int instance = 1; ; instance++) {
      ObjectName objectName = objectName(name, instance);
      if (!server.isRegistered(objectName)) {
        try {
          server.registerMBean(bean, objectName);
          return objectName;
        } catch (InstanceAlreadyExistsException e) {
          // Another manager was faster: try the next number.
        }
      }
    }
  }

  private static ObjectName objectName(String name, int instance)
      throws MalformedObjectNameException {
    return new ObjectName(instance == 1 ? name : name + ",instance=" + instance);
  }

  private static String quotedIfNeeded(String text) {
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0);
    return plain ? text : ObjectName.quote(text);
  }
}
