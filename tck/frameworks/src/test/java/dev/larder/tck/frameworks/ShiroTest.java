package dev.larder.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import javax.cache.Caching;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.cache.jcache.JCacheManager;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.realm.text.TextConfigurationRealm;
import org.apache.shiro.session.mgt.DefaultSessionManager;
import org.apache.shiro.session.mgt.eis.EnterpriseCacheSessionDAO;
import org.apache.shiro.subject.Subject;
import org.junit.jupiter.api.Test;

/** Shiro's sessions, whose classes write and read themselves in Java serialization. */
class ShiroTest extends FrameworkTest {
  @Test
  void sessionsAreKeptInTheCache() {
    var caches = new JCacheManager();
    caches.setCacheManager(Caching.getCachingProvider().getCacheManager());
    var sessions = new DefaultSessionManager();
    sessions.setSessionDAO(new EnterpriseCacheSessionDAO());
    var realm = new TextConfigurationRealm();
    realm.setUserDefinitions("ann=secret,admin");
    realm.init();
    var security = new DefaultSecurityManager(realm);
    security.setSessionManager(sessions);
    security.setCacheManager(caches);

    var subject = new Subject.Builder(security).buildSubject();
    subject.login(new UsernamePasswordToken("ann", "secret"));
    subject.getSession().setAttribute("cart", "3 books");
    var id = subject.getSession().getId();

    var later = new Subject.Builder(security).sessionId(id).buildSubject();
    assertThat(later.isAuthenticated()).isTrue();
    assertThat(later.hasRole("admin")).isTrue();
    assertThat(later.getSession().getAttribute("cart")).isEqualTo("3 books");
    later.logout();
    assertThat(new Subject.Builder(security).sessionId(id).buildSubject().isAuthenticated())
        .isFalse();
    security.destroy();
  }
}
