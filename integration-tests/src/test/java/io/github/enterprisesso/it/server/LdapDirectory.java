package io.github.enterprisesso.it.server;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A company's directory, in process. */
public final class LdapDirectory implements AutoCloseable {

    private static final String BASE = "dc=acme,dc=test";
    private static final String PEOPLE = "ou=people," + BASE;
    private static final String ADMIN = "cn=admin";
    private static final String ADMIN_PASSWORD = "admin-password";

    private final InMemoryDirectoryServer server;

    private LdapDirectory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    public static LdapDirectory start() {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.addAdditionalBindCredentials(ADMIN, ADMIN_PASSWORD);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: " + BASE, "objectClass: domain", "dc: acme");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.startListening();
            return new LdapDirectory(server);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A person who signs in by his address and this password. */
    public void person(String email, String password) {
        try {
            server.add(
                    "dn: uid=" + email + "," + PEOPLE,
                    "objectClass: inetOrgPerson",
                    "uid: " + email,
                    "cn: Person",
                    "sn: Test",
                    "mail: " + email,
                    "userPassword: " + password);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The configuration of Keycloak's user storage provider {@code ldap} for this directory, which it only reads. */
    public Map<String, List<String>> userStorage() {
        Map<String, String> config = Map.ofEntries(
                Map.entry("vendor", "other"),
                Map.entry("connectionUrl", "ldap://localhost:" + server.getListenPort()),
                Map.entry("bindDn", ADMIN),
                Map.entry("bindCredential", ADMIN_PASSWORD),
                Map.entry("authType", "simple"),
                Map.entry("usersDn", PEOPLE),
                Map.entry("usernameLDAPAttribute", "uid"),
                Map.entry("rdnLDAPAttribute", "uid"),
                Map.entry("uuidLDAPAttribute", "entryUUID"),
                Map.entry("userObjectClasses", "inetOrgPerson"),
                Map.entry("editMode", "READ_ONLY"),
                Map.entry("importEnabled", "true"),
                Map.entry("searchScope", "1"),
                Map.entry("pagination", "false"),
                Map.entry("trustEmail", "true"));
        return config.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, option -> List.of(option.getValue())));
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
