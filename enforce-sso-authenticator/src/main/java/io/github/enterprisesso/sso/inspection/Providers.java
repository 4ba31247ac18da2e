package io.github.enterprisesso.sso.inspection;

import io.github.enterprisesso.sso.doctor.RealmSnapshot.Addresses;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Mapping;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Probe;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Probe.State;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Provider;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.RemovedProvider;
import io.github.enterprisesso.sso.people.RoleHolders;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.mappers.ClaimToUserSessionNoteMapper;
import org.keycloak.broker.provider.ConfigConstants;
import org.keycloak.broker.provider.HardcodedUserSessionAttributeMapper;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.common.util.Time;
import org.keycloak.constants.AdapterConstants;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/** The identity providers of a realm, and those that its policy names without having them. */
final class Providers {

    private static final String OWN_NOTES = "enforce-sso.";

    private static final String SAML = "saml";

    private static final List<String> PROFILE = List.of(UserModel.FIRST_NAME, UserModel.LAST_NAME, UserModel.EMAIL);

    private static final Set<String> SIGNING = Set.of("oidc", "keycloak-oidc", SAML);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Set<String> allowed;
    private final RoleHolders exempt;
    private final Flows flows;
    private final Map<String, Instant> lastLogins;
    private final Map<String, Set<String>> domains;

    Providers(
            KeycloakSession session,
            RealmModel realm,
            Set<String> allowed,
            RoleHolders exempt,
            Flows flows,
            Map<String, Instant> lastLogins) {
        this.session = session;
        this.realm = realm;
        this.allowed = allowed;
        this.exempt = exempt;
        this.flows = flows;
        this.lastLogins = lastLogins;
        this.domains = ProviderDomains.of(session, realm);
    }

    List<Provider> all(boolean probe) {
        List<Provider> providers = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .map(provider -> describe(provider, probe))
                .collect(Collectors.toCollection(ArrayList::new));
        Set<String> known = providers.stream().map(Provider::alias).collect(Collectors.toSet());
        allowed.stream()
                .filter(Predicate.not(known::contains))
                .sorted()
                .forEach(alias -> providers.add(missing(alias)));
        return providers;
    }

    /** Those that are gone, and that somebody has signed in with so lately that sessions may be left. */
    List<RemovedProvider> removed() {
        Duration life = Duration.ofSeconds(Stream.of(
                        realm.getSsoSessionMaxLifespan(),
                        realm.getSsoSessionMaxLifespanRememberMe(),
                        realm.getOfflineSessionIdleTimeout())
                .max(Comparator.naturalOrder())
                .orElseThrow());
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        return lastLogins.entrySet().stream()
                .filter(login -> login.getValue().plus(life).isAfter(now))
                .filter(login -> session.identityProviders().getByAlias(login.getKey()) == null)
                .map(login -> new RemovedProvider(
                        login.getKey(), login.getValue(), login.getValue().plus(life)))
                .sorted(Comparator.comparing(RemovedProvider::alias))
                .toList();
    }

    private static Provider missing(String alias) {
        return new Provider(
                alias,
                true,
                false,
                false,
                false,
                Set.of(),
                true,
                false,
                new Probe(State.NOT_ASKED, ""),
                Optional.empty(),
                Mapping.PLAIN,
                Addresses.NONE);
    }

    private Provider describe(IdentityProviderModel provider, boolean probe) {
        boolean asked = probe && provider.isEnabled() && allowed.contains(provider.getAlias());
        return new Provider(
                provider.getAlias(),
                allowed.contains(provider.getAlias()),
                true,
                provider.isEnabled(),
                Boolean.TRUE.equals(provider.isLinkOnly()),
                domains.getOrDefault(provider.getAlias(), Set.of()),
                signed(provider),
                flows.gated(firstLoginFlow(provider)) || flows.gated(provider.getPostBrokerLoginFlowId()),
                asked ? new ProviderProbe(session).of(provider) : new Probe(State.NOT_ASKED, ""),
                Optional.ofNullable(lastLogins.get(provider.getAlias())),
                mapping(provider),
                addresses(provider));
    }

    private Addresses addresses(IdentityProviderModel provider) {
        KeycloakUriInfo frontend = session.getContext().getUri(UrlType.FRONTEND);
        URI base = frontend.getBaseUri();
        String issuer = Urls.realmIssuer(base, realm.getName());
        String entityId = provider.getConfig().get(SAMLIdentityProviderConfig.ENTITY_ID);
        return new Addresses(
                Urls.identityProviderAuthnResponse(base, provider.getAlias(), realm.getName())
                        .toString(),
                SAML.equals(provider.getProviderId())
                        ? Optional.of(entityId == null || entityId.isBlank() ? issuer : entityId)
                        : Optional.empty(),
                UriBuilder.fromUri(Urls.accountBase(base).build(realm.getName()))
                        .queryParam(AdapterConstants.KC_IDP_HINT, provider.getAlias())
                        .build()
                        .toString());
    }

    private String firstLoginFlow(IdentityProviderModel provider) {
        if (provider.getFirstBrokerLoginFlowId() != null) {
            return provider.getFirstBrokerLoginFlowId();
        }
        AuthenticationFlowModel usual = realm.getFirstBrokerLoginFlow();
        return usual == null ? null : usual.getId();
    }

    private Mapping mapping(IdentityProviderModel provider) {
        List<IdentityProviderMapperModel> mappers = session.identityProviders()
                .getMappersByAliasStream(provider.getAlias())
                .toList();
        return new Mapping(
                missing(provider, mappers),
                names(mappers.stream().filter(this::exempts)),
                names(mappers.stream().filter(Providers::forges)),
                names(mappers.stream().filter(this::groupless)),
                names(mappers.stream().filter(Providers::readsGroups)));
    }

    /** Social providers bring what they have; OpenID Connect what is asked for, SAML what is mapped. */
    private static List<String> missing(IdentityProviderModel provider, List<IdentityProviderMapperModel> mappers) {
        if (SAML.equals(provider.getProviderId())) {
            Set<String> mapped = mappers.stream()
                    .map(mapper -> mapper.getConfig().get("user.attribute"))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            return PROFILE.stream()
                    .filter(attribute -> !mapped.contains(attribute))
                    .toList();
        }
        if (SIGNING.contains(provider.getProviderId())) {
            List<String> scopes = List.of(
                    provider.getConfig().getOrDefault("defaultScope", "").split("\\s+"));
            return PROFILE.stream()
                    .filter(attribute -> !scopes.contains(attribute.equals(UserModel.EMAIL) ? "email" : "profile"))
                    .toList();
        }
        return List.of();
    }

    private boolean groupless(IdentityProviderMapperModel mapper) {
        String group = mapper.getConfig().get(ConfigConstants.GROUP);
        return group != null && KeycloakModelUtils.findGroupByPath(session, realm, group) == null;
    }

    /** Keycloak's own and ours say so in their ids; those that name one group for everybody read none. */
    private static boolean readsGroups(IdentityProviderMapperModel mapper) {
        return mapper.getIdentityProviderMapper().contains("group")
                && !mapper.getIdentityProviderMapper().contains("hardcoded");
    }

    private static boolean signed(IdentityProviderModel provider) {
        return !SIGNING.contains(provider.getProviderId())
                || Boolean.parseBoolean(provider.getConfig().get("validateSignature"));
    }

    private boolean exempts(IdentityProviderMapperModel mapper) {
        return exempt.given(
                session,
                realm,
                mapper.getConfig().get(ConfigConstants.ROLE),
                mapper.getConfig().get(ConfigConstants.GROUP));
    }

    private static boolean forges(IdentityProviderMapperModel mapper) {
        Stream<String> notes =
                switch (mapper.getIdentityProviderMapper()) {
                    case HardcodedUserSessionAttributeMapper.PROVIDER_ID ->
                        Stream.ofNullable(mapper.getConfig().get(HardcodedUserSessionAttributeMapper.ATTRIBUTE));
                    case ClaimToUserSessionNoteMapper.PROVIDER_ID -> mapper.getConfigMap("claims").keySet().stream();
                    default -> Stream.empty();
                };
        return notes.anyMatch(Providers::trusted);
    }

    private static boolean trusted(String note) {
        return note.startsWith(OWN_NOTES)
                || note.equals(Details.IDENTITY_PROVIDER)
                || note.equals(ImpersonationSessionNote.IMPERSONATOR_ID.toString());
    }

    private static List<String> names(Stream<IdentityProviderMapperModel> mappers) {
        return mappers.map(IdentityProviderMapperModel::getName).sorted().toList();
    }
}
