package io.github.enterprisesso.it.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

/**
 * The provider's side of a tenant, and what the tenant reads of it. Its tokens carry {@code groups}, the same nested as
 * {@code resource.groups}, {@code ids} and {@code text} as an administrator there sets them, and always the mark of overage for
 * a claim {@code overage}, and a claim {@code none} that is there and empty.
 */
final class OktaOrg {

    static final String PASSWORD = "okta-password";

    private static final String SAML = "okta-saml";
    private static final String GROUPS = "groups";
    private static final String EMPTY = "none";

    private final Tenant tenant;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final Set<String> groupless = new HashSet<>();
    private String mapper;
    private String claim;

    private OktaOrg(Tenant tenant) {
        this.tenant = tenant;
    }

    static OktaOrg of(Tenant tenant) {
        OktaOrg org = new OktaOrg(tenant);
        UPConfig profile = org.realm().users().userProfile().getConfiguration();
        profile.setUnmanagedAttributePolicy(UnmanagedAttributePolicy.ENABLED);
        org.realm().users().userProfile().update(profile);
        org.send("oidc-group-membership-mapper", "groups", Map.of("full.path", "false"));
        org.send("oidc-group-membership-mapper", "resource.groups", Map.of("full.path", "false"));
        org.send("oidc-usermodel-attribute-mapper", "ids", Map.of("user.attribute", "ids", "multivalued", "true"));
        org.send("oidc-usermodel-attribute-mapper", "text", Map.of("user.attribute", "text"));
        org.send(
                "oidc-hardcoded-claim-mapper",
                "_claim_names",
                Map.of("claim.value", "{\"overage\":\"src1\"}", "jsonType.label", "JSON"));
        org.send("oidc-hardcoded-claim-mapper", EMPTY, Map.of("claim.value", "[]", "jsonType.label", "JSON"));
        return org;
    }

    private RealmResource realm() {
        return tenant.admin().keycloak().realm(tenant.oktaRealm());
    }

    private void send(String type, String claim, Map<String, String> more) {
        ProtocolMapperRepresentation sent = new ProtocolMapperRepresentation();
        sent.setName(claim);
        sent.setProtocol("openid-connect");
        sent.setProtocolMapper(type);
        Map<String, String> config = new HashMap<>(Map.of(
                "claim.name",
                claim,
                "jsonType.label",
                "String",
                "id.token.claim",
                "true",
                "access.token.claim",
                "true",
                "userinfo.token.claim",
                "true"));
        config.putAll(more);
        sent.setConfig(config);
        String client = realm().clients().findByClientId("broker").stream()
                .filter(found ->
                        found.getSecret() != null && !found.getRedirectUris().isEmpty())
                .findFirst()
                .orElseThrow()
                .getId();
        try (Response response =
                realm().clients().get(client).getProtocolMappers().createMapper(sent)) {
            CreatedResponseUtil.getCreatedId(response);
        }
    }

    /** Puts our mapper on the tenant's provider {@code okta}, or changes the one there. */
    OktaOrg read(Map<String, String> config) {
        claim = config.getOrDefault("claim", GROUPS);
        IdentityProviderMapperRepresentation read = reading(Tenant.OKTA, "group-mapping-oidc", config);
        IdentityProviderResource provider =
                tenant.admin().realm().identityProviders().get(Tenant.OKTA);
        if (mapper == null) {
            mapper = added(provider, read);
        } else {
            read.setId(mapper);
            provider.update(mapper, read);
        }
        return this;
    }

    /** Puts our mapper on another provider of the tenant; answers its id. */
    String readOn(String provider, String type, Map<String, String> config) {
        return readOn(provider, type, "groups to teams", config);
    }

    /** The same with a name, for a second one on the same provider. */
    String readOn(String provider, String type, String name, Map<String, String> config) {
        IdentityProviderMapperRepresentation reading = reading(provider, type, config);
        reading.setName(name);
        return added(tenant.admin().realm().identityProviders().get(provider), reading);
    }

    private static IdentityProviderMapperRepresentation reading(
            String provider, String type, Map<String, String> config) {
        IdentityProviderMapperRepresentation read = new IdentityProviderMapperRepresentation();
        read.setName("groups to teams");
        read.setIdentityProviderAlias(provider);
        read.setIdentityProviderMapper(type);
        Map<String, String> all = new HashMap<>(Map.of("syncMode", "INHERIT"));
        all.putAll(config);
        read.setConfig(all);
        return read;
    }

    private static String added(IdentityProviderResource provider, IdentityProviderMapperRepresentation mapper) {
        try (Response response = provider.addMapper(mapper)) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    void syncMode(String mode) {
        IdentityProviderResource provider =
                tenant.admin().realm().identityProviders().get(Tenant.OKTA);
        IdentityProviderRepresentation representation = provider.toRepresentation();
        representation.getConfig().put("syncMode", mode);
        provider.update(representation);
    }

    static String email(String name) {
        return name + "@acme.test";
    }

    /** A person of the org; answers his name. */
    String person(String name, String... groups) {
        ids.put(name, tenant.oktaUser(email(name), PASSWORD));
        groups(name, groups);
        return name;
    }

    /** The id of a person's account there. */
    String idOf(String name) {
        return ids.get(name);
    }

    /** Puts the person into exactly these groups. */
    void groups(String name, String... names) {
        var user = realm().users().get(ids.get(name));
        List<String> wanted = List.of(names);
        if (wanted.isEmpty()) {
            groupless.add(name);
        } else {
            groupless.remove(name);
        }
        user.groups().stream()
                .filter(group -> !wanted.contains(group.getName()))
                .forEach(group -> user.leaveGroup(group.getId()));
        wanted.forEach(group -> user.joinGroup(groups.computeIfAbsent(group, this::newGroup)));
    }

    private String newGroup(String name) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName(name);
        try (Response response = realm().groups().add(group)) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    /** Sets what the claim {@code ids} or {@code text} carries. */
    void attribute(String name, String attribute, String... values) {
        UserRepresentation user = realm().users().get(ids.get(name)).toRepresentation();
        Map<String, List<String>> attributes =
                new HashMap<>(Optional.ofNullable(user.getAttributes()).orElse(Map.of()));
        attributes.put(attribute, List.of(values));
        user.setAttributes(attributes);
        realm().users().get(ids.get(name)).update(user);
    }

    /** Signs in at the tenant through the org, in a fresh browser. */
    Page login(String name) {
        if (!groupless.contains(name) || !GROUPS.equals(claim)) {
            return signIn(name);
        }
        // Keycloak leaves an empty list of groups out of its tokens.
        read(Map.of("claim", EMPTY));
        try {
            return signIn(name);
        } finally {
            read(Map.of());
        }
    }

    private Page signIn(String name) {
        return tenant.browser().loginThrough(Tenant.OKTA, email(name), PASSWORD);
    }

    /** The same by SAML. */
    Page loginBySaml(String name) {
        return posted(posted(tenant.browser().login().follow("#social-" + SAML)).signIn(email(name), PASSWORD));
    }

    /** Where the form leads that a browser posts by itself. */
    private static Page posted(Page page) {
        return page.has("form[name=saml-post-binding]") ? page.submit("form[name=saml-post-binding]", Map.of()) : page;
    }

    /** The id of the person at the tenant. */
    String user(String name) {
        return find(name).orElseThrow(() -> new AssertionError("No user " + name));
    }

    Optional<String> find(String name) {
        return tenant.admin().realm().users().searchByUsername(email(name), true).stream()
                .map(UserRepresentation::getId)
                .findFirst();
    }

    /** A provider {@code okta-saml} of the tenant for the same people, with our mapper for the attribute {@code groups}. */
    void connectBySaml() {
        String broker = tenant.server().url() + "/realms/" + tenant.realm();
        String endpoint = broker + "/broker/" + SAML + "/endpoint";
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(broker);
        client.setProtocol("saml");
        client.setRedirectUris(List.of(endpoint));
        client.setAttributes(Map.of(
                "saml.client.signature", "false",
                "saml.server.signature", "false",
                "saml.assertion.signature", "false",
                "saml.force.post.binding", "true",
                "saml_name_id_format", "username",
                "saml_force_name_id_format", "true",
                "saml_assertion_consumer_url_post", endpoint));
        ProtocolMapperRepresentation sent = new ProtocolMapperRepresentation();
        sent.setName("groups");
        sent.setProtocol("saml");
        sent.setProtocolMapper("saml-group-membership-mapper");
        sent.setConfig(Map.of(
                "attribute.name",
                "urn:oid:1.3.6.1.4.1.5923.1.5.1.1",
                "friendly.name",
                "groups",
                "attribute.nameformat",
                "URI Reference",
                "single",
                "true",
                "full.path",
                "false"));
        ProtocolMapperRepresentation none = new ProtocolMapperRepresentation();
        none.setName("none");
        none.setProtocol("saml");
        none.setProtocolMapper("saml-hardcode-attribute-mapper");
        none.setConfig(Map.of("attribute.name", "none", "attribute.nameformat", "Basic", "attribute.value", " "));
        client.setProtocolMappers(new ArrayList<>(List.of(sent, none)));
        realm().clients().create(client).close();

        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(SAML);
        provider.setProviderId("saml");
        provider.setEnabled(true);
        provider.setTrustEmail(true);
        provider.setConfig(Map.of(
                "singleSignOnServiceUrl",
                tenant.server().url() + "/realms/" + tenant.oktaRealm() + "/protocol/saml",
                "idpEntityId",
                tenant.server().url() + "/realms/" + tenant.oktaRealm(),
                "entityId",
                broker,
                "nameIDPolicyFormat",
                "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
                "principalType",
                "SUBJECT",
                "postBindingResponse",
                "true",
                "postBindingAuthnRequest",
                "true",
                "validateSignature",
                "false",
                "wantAuthnRequestsSigned",
                "false",
                "syncMode",
                "IMPORT"));
        tenant.admin().realm().identityProviders().create(provider).close();
    }

    String readBySaml(Map<String, String> config) {
        return readOn(SAML, "group-mapping-saml", config);
    }

    /** Links the person's account by SAML with the one that he has at the tenant. */
    void linkBySaml(String name) {
        tenant.link(user(name), SAML, email(name), email(name));
    }

    /** What the admin API says of a group that logins named. */
    JsonNode claimed(String group) {
        for (JsonNode candidate :
                tenant.admin().get("/group-mappings/claimed-groups").body()) {
            if (candidate.path("name").asText().equals(group)) {
                return candidate;
            }
        }
        throw new AssertionError("No claimed group " + group);
    }
}
