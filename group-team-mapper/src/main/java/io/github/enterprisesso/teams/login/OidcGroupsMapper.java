package io.github.enterprisesso.teams.login;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.enterprisesso.teams.claim.GroupsClaim;
import io.github.enterprisesso.teams.claim.GroupsReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.util.JsonSerialization;

/** For OpenID Connect: a claim of the ID token, of an access token that can be read, or of the user info. */
public final class OidcGroupsMapper extends GroupsMapper {

    private static final String ID = "group-mapping-oidc";
    private static final String CLAIM = "claim";

    public OidcGroupsMapper() {
        super(CLAIM);
    }

    @Override
    GroupsClaim read(GroupsReader reader, BrokeredIdentityContext context) {
        return reader.inClaims(Stream.of(
                        OIDCIdentityProvider.VALIDATED_ID_TOKEN,
                        OIDCIdentityProvider.VALIDATED_ACCESS_TOKEN,
                        OIDCIdentityProvider.USER_INFO)
                .map(context.getContextData()::get)
                .filter(Objects::nonNull)
                .map(OidcGroupsMapper::claims)
                .toList());
    }

    private static Map<String, Object> claims(Object document) {
        Object parsed = document;
        if (document instanceof String token) {
            try {
                parsed = JsonSerialization.readValue(new JWSInput(token).getContent(), Map.class);
            } catch (JWSInputException | IOException e) {
                return Map.of();
            }
        }
        return JsonSerialization.mapper.convertValue(parsed, new TypeReference<>() {});
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return properties(new ProviderConfigProperty(
                CLAIM,
                "Claim",
                "Name of the claim with the groups; nested as resource.groups, where \\. is a dot of a name. Looked for in the ID"
                        + " token, the access token and the user info, in this order.",
                ProviderConfigProperty.STRING_TYPE,
                "groups"));
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {KeycloakOIDCIdentityProviderFactory.PROVIDER_ID, OIDCIdentityProviderFactory.PROVIDER_ID};
    }

    @Override
    public String getId() {
        return ID;
    }
}
