package io.github.enterprisesso.sso.login;

/** The authenticator {@code enforce-sso-authenticator}. */
public final class EnforceSsoAuthenticatorFactory extends PolicyStepFactory {

    public EnforceSsoAuthenticatorFactory() {
        super(
                "enforce-sso-authenticator",
                "Enforce single sign-on",
                "Refuses users who must sign in through an enterprise identity provider. Put it after the steps that "
                        + "identify and authenticate the user, in the direct grant, reset credentials, first broker login or "
                        + "post broker login flow.",
                new EnforceSsoAuthenticator());
    }
}
