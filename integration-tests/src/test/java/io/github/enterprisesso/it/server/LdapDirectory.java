package io.github.enterprisesso.it.server;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A company's directory, in process. */
public final class LdapDirectory implements AutoCloseable {

    private static final String BASE = "dc=acme,dc=test";
    private static final String PEOPLE = "ou=people," + BASE;
    private static final String GROUPS = "ou=groups," + BASE;
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
            server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
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
                    "dn: " + dn(email),
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

    /** A group of these people. */
    public void group(String name, String... emails) {
        try {
            server.add(
                    "dn: cn=" + name + "," + GROUPS,
                    "objectClass: groupOfNames",
                    "cn: " + name,
                    "member: cn=empty-membership-placeholder");
            for (String email : emails) {
                join(name, email);
            }
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    public void join(String group, String email) {
        modify(group, ModificationType.ADD, email);
    }

    public void leave(String group, String email) {
        modify(group, ModificationType.DELETE, email);
    }

    private void modify(String group, ModificationType type, String email) {
        try {
            server.modify("cn=" + group + "," + GROUPS, new Modification(type, "member", dn(email)));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the directory itself says that the person is in the group. */
    public boolean isMember(String group, String email) {
        try {
            return server.getEntry("cn=" + group + "," + GROUPS).hasAttributeValue("member", dn(email));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String dn(String email) {
        return "uid=" + email + "," + PEOPLE;
    }

    /**
     * The configuration of Keycloak's mapper {@code group-ldap-mapper}.
     *
     * @param mode {@code IMPORT}, {@code READ_ONLY} or {@code LDAP_ONLY}
     * @param path of the realm group below which the directory's groups are
     */
    public Map<String, List<String>> groupMapper(String mode, String path) {
        Map<String, String> config = Map.ofEntries(
                Map.entry("mode", mode),
                Map.entry("groups.dn", GROUPS),
                Map.entry("groups.path", path),
                Map.entry("group.name.ldap.attribute", "cn"),
                Map.entry("group.object.classes", "groupOfNames"),
                Map.entry("preserve.group.inheritance", "false"),
                Map.entry("membership.ldap.attribute", "member"),
                Map.entry("membership.attribute.type", "DN"),
                Map.entry("membership.user.ldap.attribute", "uid"),
                Map.entry("user.roles.retrieve.strategy", "LOAD_GROUPS_BY_MEMBER_ATTRIBUTE"),
                Map.entry("drop.non.existing.groups.during.sync", "false"));
        return listed(config);
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
        return listed(config);
    }

    private static Map<String, List<String>> listed(Map<String, String> config) {
        return config.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, option -> List.of(option.getValue())));
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
