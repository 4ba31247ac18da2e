package io.github.enterprisesso.scim.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScimContextTest {

    @Test
    @DisplayName("SCP-1 the base URL is an address that can be sent, whatever the realm is called")
    void baseUrl() {
        assertThat(ScimContext.baseUrl("https://sso.acme.test", "acme"))
                .isEqualTo("https://sso.acme.test/realms/acme/scim-provisioning/v2");
        assertThat(ScimContext.baseUrl("https://sso.acme.test/auth/", "gr\u00f6\u00dfe"))
                .isEqualTo("https://sso.acme.test/auth/realms/gr%C3%B6%C3%9Fe/scim-provisioning/v2");
    }
}
