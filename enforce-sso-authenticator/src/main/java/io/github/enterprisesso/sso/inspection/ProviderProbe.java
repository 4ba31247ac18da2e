package io.github.enterprisesso.sso.inspection;

import io.github.enterprisesso.sso.doctor.RealmSnapshot.Probe;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Probe.State;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.http.client.config.RequestConfig;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/**
 * Asks an identity provider for its metadata, keys or login page, whichever its settings name first. Goes nowhere else: no
 * address comes from the request, redirects are not followed, and nothing of the answer but its status is told.
 */
final class ProviderProbe {

    private static final int MILLISECONDS = 3000;

    private static final RequestConfig SHORT = RequestConfig.custom()
            .setConnectTimeout(MILLISECONDS)
            .setConnectionRequestTimeout(MILLISECONDS)
            .setSocketTimeout(MILLISECONDS)
            .setRedirectsEnabled(false)
            .build();

    private final KeycloakSession session;

    ProviderProbe(KeycloakSession session) {
        this.session = session;
    }

    Probe of(IdentityProviderModel provider) {
        Map<String, String> config = provider.getConfig();
        String metadata = Stream.of(IdentityProviderModel.METADATA_DESCRIPTOR_URL, "jwksUrl")
                .map(config::get)
                .filter(ProviderProbe::named)
                .findFirst()
                .orElse(null);
        if (metadata != null) {
            return ask(metadata, 299);
        }
        // A login page may well say 400 to a request without parameters; it is there all the same.
        return Stream.of("authorizationUrl", SAMLIdentityProviderConfig.SINGLE_SIGN_ON_SERVICE_URL)
                .map(config::get)
                .filter(ProviderProbe::named)
                .findFirst()
                .map(login -> ask(login, 499))
                .orElse(new Probe(State.NO_ADDRESS, ""));
    }

    private Probe ask(String address, int highestGoodStatus) {
        try {
            String scheme = URI.create(address).getScheme();
            if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
                return new Probe(State.FAILED, "%s is no web address".formatted(address));
            }
            int status = SimpleHttp.create(session)
                    .withRequestConfig(SHORT)
                    .doGet(address)
                    .asStatus();
            return new Probe(
                    status <= highestGoodStatus ? State.REACHED : State.FAILED,
                    "%s answers %d".formatted(address, status));
        } catch (IOException | IllegalArgumentException unreachable) {
            return new Probe(
                    State.FAILED,
                    "%s does not answer: %s"
                            .formatted(address, unreachable.getClass().getSimpleName()));
        }
    }

    private static boolean named(String address) {
        return address != null && !address.isBlank();
    }
}
