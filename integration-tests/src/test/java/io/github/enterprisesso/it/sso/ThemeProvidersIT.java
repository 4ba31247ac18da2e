package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** Which providers the theme puts first, and what it does where there is nothing to put first. */
@KeycloakTest
class ThemeProvidersIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-theme", realm -> realm.setLoginTheme("enterprise"));
        people = People.in(tenant);
    }

    @BeforeEach
    void asCreated() {
        tenant.policy("OFF");
        declare(Tenant.OKTA, "", true);
        declare(Tenant.SOCIAL, "", true);
    }

    @Test
    @DisplayName("with the policy on, the allowed providers")
    void allowed() {
        tenant.policy("REPORT");
        declare(Tenant.SOCIAL, "true", true);

        Page page = people.browser().login();

        assertThat(page.texts("nav a")).containsExactly("Continue with Okta");
        assertThat(page.texts("#other-ways .enterprise-providers a")).containsExactly("Continue with Social");
        people.passes(page.signIn(EMMA, PASSWORD));
    }

    @Test
    @DisplayName("ENF-13 where the policy is enforced for everybody, no others")
    void everybody() {
        tenant.policy("ENFORCE");

        Page page = people.browser().login();

        assertThat(page.texts("nav a")).containsExactly("Continue with Okta");
        assertThat(page.has("#social-social")).isFalse();
        people.passes(page.signIn(EMMA, PASSWORD));
    }

    @Test
    @DisplayName("without a policy, what the providers declare")
    void declared() {
        declare(Tenant.OKTA, "false", true);
        declare(Tenant.SOCIAL, "true", true);

        Page page = people.browser().login();

        assertThat(page.texts("nav a")).containsExactly("Continue with Social");
        assertThat(page.texts("#other-ways .enterprise-providers a")).containsExactly("Continue with Okta");
    }

    @Test
    @DisplayName("without a policy and a declaration, every OpenID Connect provider")
    void byType() {
        assertThat(people.browser().login().texts("nav a"))
                .containsExactly("Continue with Okta", "Continue with Social");
    }

    @Test
    @DisplayName("without any enterprise provider the form is not folded away")
    void none() {
        declare(Tenant.OKTA, "", false);
        declare(Tenant.SOCIAL, "false", true);

        Page page = people.browser().login();

        assertThat(page.has("details")).isFalse();
        assertThat(page.has("#kc-form-login")).isTrue();
        assertThat(page.texts(".enterprise-providers a")).containsExactly("Continue with Social");
    }

    @Test
    @DisplayName("a page that asks for the username first is folded in the same way")
    void usernameFirst() {
        ClientRepresentation client = tenant.admin()
                .realm()
                .clients()
                .findByClientId(OidcBrowser.CLIENT)
                .get(0);
        client.setAuthenticationFlowBindingOverrides(Map.of("browser", UsernameFirst.create(tenant)));
        tenant.admin().realm().clients().get(client.getId()).update(client);

        Page page = people.browser().login();
        assertThat(page.texts("nav a")).contains("Continue with Okta");
        assertThat(page.has("details[open]")).isFalse();
        Page unknown = page.submit("#kc-form-login", Map.of("username", ""));
        assertThat(unknown.has("details[open] #input-error-username"))
                .as("%s", unknown)
                .isTrue();
        Page password = unknown.submit("#kc-form-login", Map.of("username", EMMA));

        people.passes(password.submit("#kc-form-login", Map.of("password", PASSWORD)));
        client.setAuthenticationFlowBindingOverrides(Map.of("browser", ""));
        tenant.admin().realm().clients().get(client.getId()).update(client);
    }

    /** @param enterprise the provider's {@code kcTheme-enterprise}; empty removes it */
    private static void declare(String alias, String enterprise, boolean enabled) {
        IdentityProviderRepresentation provider =
                tenant.admin().realm().identityProviders().get(alias).toRepresentation();
        provider.getConfig().remove("kcTheme-enterprise");
        if (!enterprise.isEmpty()) {
            provider.getConfig().put("kcTheme-enterprise", enterprise);
        }
        provider.setEnabled(enabled);
        tenant.admin().realm().identityProviders().get(alias).update(provider);
    }
}
