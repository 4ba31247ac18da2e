package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.policy.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.keycloak.provider.ProviderConfigProperty;

/** The options of the policy: key, type, default and help text, read by the form, the reader and the docs. */
public enum SsoOption {
    MODE(
            "mode",
            ProviderConfigProperty.LIST_TYPE,
            Mode.OFF.name(),
            "Mode",
            "OFF: nothing is asked. REPORT: nobody is refused, but every login that ENFORCE would refuse is recorded as "
                    + "an event. ENFORCE: everybody but exempt users must sign in through one of the allowed providers."),
    ALLOWED_PROVIDERS(
            "allowedProviders",
            ProviderConfigProperty.STRING_TYPE,
            "",
            "Allowed providers",
            "Aliases of the enterprise identity providers, separated by commas; the first is offered first."),
    EXEMPT_ROLE(
            "exemptRole",
            ProviderConfigProperty.STRING_TYPE,
            "sso-exempt",
            "Exempt role",
            "Realm role whose holders may sign in any way they like. At least one administrator must hold it before "
                    + "ENFORCE can be switched on.");

    private final String key;
    private final String type;
    private final String defaultValue;
    private final String label;
    private final String help;

    SsoOption(String key, String type, String defaultValue, String label, String help) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.label = label;
        this.help = help;
    }

    public String key() {
        return key;
    }

    /** The stored value, or the default if there is none. */
    String read(Map<String, String> config) {
        String value = config.get(key);
        return value == null || value.isBlank() ? defaultValue : value.strip();
    }

    /** The options as the admin console's form wants them. */
    public static List<ProviderConfigProperty> form() {
        return Arrays.stream(values()).map(SsoOption::property).toList();
    }

    private ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty(key, label, help, type, defaultValue);
        if (this == MODE) {
            property.setOptions(Arrays.stream(Mode.values()).map(Enum::name).toList());
        }
        return property;
    }
}
