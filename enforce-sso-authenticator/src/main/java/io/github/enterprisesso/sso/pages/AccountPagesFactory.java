package io.github.enterprisesso.sso.pages;

import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.KeycloakSession;

/**
 * Keeps the id of Keycloak's own factory: where two share one, Keycloak takes the one that is not its own, and a server
 * that is configured for yet another id keeps that.
 */
public final class AccountPagesFactory extends FreeMarkerLoginFormsProviderFactory {

    @Override
    public LoginFormsProvider create(KeycloakSession session) {
        return new AccountPages(session);
    }
}
