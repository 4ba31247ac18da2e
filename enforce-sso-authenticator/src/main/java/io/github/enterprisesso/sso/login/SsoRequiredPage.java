package io.github.enterprisesso.sso.login;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.ClientSessionCode;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel;

/**
 * The page {@code sso-required.ftl}: why the login was refused, or that there is a choice, and a button for each provider
 * that would be accepted. It never redirects by itself: a provider that keeps answering with a refused identity would
 * make that a loop.
 */
final class SsoRequiredPage {

    private static final String TEMPLATE = "sso-required.ftl";
    private static final String PROVIDER_FIELD = "provider";

    /** Keycloak (26.7) builds its addresses from templates: braces ask for a value, and a percent sign escapes one. */
    private static final Pattern NOT_IN_ADDRESSES = Pattern.compile("[{}%]");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<IdentityProviderModel> providers;

    SsoRequiredPage(KeycloakSession session, RealmModel realm, List<String> aliases) {
        this.session = session;
        this.realm = realm;
        this.providers = aliases.stream()
                .map(alias -> session.identityProviders().getByAlias(alias))
                .filter(Objects::nonNull)
                .filter(IdentityProviderModel::isEnabled)
                .toList();
    }

    Response render(LoginFormsProvider form) {
        return form.setAttribute("enforceSsoProviders", buttons()).createForm(TEMPLATE);
    }

    /** The page before anything was refused: it says nothing about an account, and leaves the password as a way out. */
    Response offer(LoginFormsProvider form) {
        return form.setAttribute("enforceSsoChoice", true)
                .setAttribute("enforceSsoProviders", buttons())
                .createForm(TEMPLATE);
    }

    /** The provider that there is no choice about, if there is exactly one. */
    Optional<IdentityProviderModel> only() {
        return providers.size() == 1 ? Optional.of(providers.get(0)) : Optional.empty();
    }

    private List<Map<String, String>> buttons() {
        return providers.stream()
                .map(provider -> Map.of(
                        "alias",
                        provider.getAlias(),
                        "displayName",
                        KeycloakModelUtils.getIdentityProviderDisplayName(session, provider)))
                .toList();
    }

    /** What follows the page: the provider whose button was pressed, or the page again. */
    Response answer(MultivaluedMap<String, String> posted, AuthenticationSessionModel login, LoginFormsProvider form) {
        return chosen(posted).map(provider -> continueWith(provider, login)).orElseGet(() -> render(form));
    }

    /** The provider whose button was pressed, if it is one that the page offers. */
    Optional<IdentityProviderModel> chosen(MultivaluedMap<String, String> posted) {
        String alias = posted.getFirst(PROVIDER_FIELD);
        return providers.stream()
                .filter(provider -> provider.getAlias().equals(alias))
                .findFirst();
    }

    /**
     * Starts the login again, this time at the provider. Without the reset the broker's answer would meet an
     * authentication session that waits for a required action, and be refused as an expired page.
     */
    private Response continueWith(IdentityProviderModel provider, AuthenticationSessionModel login) {
        String hint = loginHint(provider, login.getAuthenticatedUser());
        String locale = login.getAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE);
        AuthenticationProcessor.resetFlow(login, LoginActionsService.AUTHENTICATE_PATH);
        if (locale != null) {
            login.setAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE, locale);
        }
        return redirect(provider, login, hint);
    }

    /** @param hint what the provider fills into its own login page; may be null */
    Response redirect(IdentityProviderModel provider, AuthenticationSessionModel login, String hint) {
        ClientSessionCode<AuthenticationSessionModel> code = new ClientSessionCode<>(session, realm, login);
        code.setAction(CommonClientSessionModel.Action.AUTHENTICATE.name());
        URI broker = Urls.identityProviderAuthnRequest(
                session.getContext().getUri().getBaseUri(),
                provider.getAlias(),
                realm.getName(),
                code.getOrGenerateCode(),
                login.getClient().getClientId(),
                login.getTabId(),
                AuthenticationProcessor.getClientData(session, login),
                hint == null || NOT_IN_ADDRESSES.matcher(hint).find() ? null : hint);
        return Response.seeOther(broker).build();
    }

    /** The name that the provider itself knows the user by, else the address or name he has here. */
    private String loginHint(IdentityProviderModel provider, UserModel user) {
        if (user == null) {
            return null;
        }
        FederatedIdentityModel link = session.users().getFederatedIdentity(realm, user, provider.getAlias());
        if (link != null && link.getUserName() != null) {
            return link.getUserName();
        }
        return user.getEmail() != null ? user.getEmail() : user.getUsername();
    }
}
