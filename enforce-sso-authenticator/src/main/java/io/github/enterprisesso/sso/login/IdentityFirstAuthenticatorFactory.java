package io.github.enterprisesso.sso.login;

/**
 * The authenticator {@code enforce-sso-identity-first}, for the browser flow, right before the form that asks for name and
 * password.
 */
public final class IdentityFirstAuthenticatorFactory extends PolicyStepFactory {

    public IdentityFirstAuthenticatorFactory() {
        super(
                "enforce-sso-identity-first",
                "Identity first (single sign-on)",
                "Asks for the address first and sends people who must use single sign-on straight to their identity "
                        + "provider; everybody else goes on to the next step. Put it, REQUIRED, right before the form that asks "
                        + "for username and password.",
                new IdentityFirstAuthenticator());
    }
}
