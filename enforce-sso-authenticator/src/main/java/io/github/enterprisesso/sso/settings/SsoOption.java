package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.Scope;
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
                    + "an event. ENFORCE: everybody in scope but exempt users must sign in through an allowed provider."),
    ALLOWED_PROVIDERS(
            "allowedProviders",
            ProviderConfigProperty.STRING_TYPE,
            "",
            "Allowed providers",
            "Aliases of the enterprise identity providers, separated by commas; the first is offered first."),
    SCOPE(
            "scope",
            ProviderConfigProperty.STRING_TYPE,
            Scope.REALM.name(),
            "Scope",
            "Whom the policy is for, any of these, separated by commas. REALM: everybody. ORGANIZATIONS: members of "
                    + "organizations with the attribute " + SsoSettings.ORGANIZATION_MODE
                    + " (REPORT or ENFORCE), through that organization's own providers. DOMAINS: people with an address "
                    + "of the domains below. LINKED: people whose account is linked to an allowed provider."),
    DOMAINS(
            "domains",
            ProviderConfigProperty.STRING_TYPE,
            "",
            "E-mail domains",
            "For the scope DOMAINS, separated by commas: acme.com (through the allowed providers) or "
                    + "acme.com=okta|entra (through these only; a provider that is named here and is none of the allowed "
                    + "ones then admits people of its domains only)."),
    EXEMPT_ROLE(
            "exemptRole",
            ProviderConfigProperty.STRING_TYPE,
            "sso-exempt",
            "Exempt role",
            "Realm role whose holders may sign in any way they like. At least one administrator must hold it before "
                    + "ENFORCE can be switched on."),
    EXCEPTED_CLIENTS(
            "exceptedClients",
            ProviderConfigProperty.STRING_TYPE,
            "",
            "Excepted clients",
            "Client ids, separated by commas. Everybody may sign in to these in any way; such a session opens no other "
                    + "client."),
    IMPERSONATION(
            "impersonation",
            ProviderConfigProperty.LIST_TYPE,
            Impersonation.ALLOW.name(),
            "Impersonation",
            "Whether an administrator may impersonate a person who must use SSO."),
    SESSIONS(
            "sessionsOnEnforce",
            ProviderConfigProperty.LIST_TYPE,
            Sessions.KEEP.name(),
            "Sessions on switching on",
            "What happens when ENFORCE is switched on to sessions and offline sessions that do not comply. KEEP: each ends "
                    + "when it is used next. END: all end at once."),
    NOTIFY_EXEMPTIONS(
            "notifyExemptions",
            ProviderConfigProperty.BOOLEAN_TYPE,
            "false",
            "Mail about exemptions",
            "Tell people by e-mail that they were given an exemption, and that it ends soon. Needs the realm's SMTP "
                    + "settings."),
    ENFORCE_MASTER(
            "enforceMaster",
            ProviderConfigProperty.BOOLEAN_TYPE,
            "false",
            "Enforce the administration realm",
            "Only in the realm master: ENFORCE there can lock everybody out of the whole server, so it must be asked for.");

    /** Whether an administrator may act as a person in scope. */
    public enum Impersonation {
        ALLOW,
        REFUSE
    }

    /** What happens to sessions that do not comply when ENFORCE is switched on (ENF-8). */
    public enum Sessions {
        KEEP,
        END
    }

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

    /** The words that the option takes, or none if it takes more than some words. */
    public List<String> words() {
        return switch (this) {
            case MODE -> names(Mode.values());
            case SCOPE -> names(Scope.values());
            case IMPERSONATION -> names(Impersonation.values());
            case SESSIONS -> names(Sessions.values());
            case NOTIFY_EXEMPTIONS, ENFORCE_MASTER -> List.of("true", "false");
            default -> List.of();
        };
    }

    /** The options as the admin console's form wants them. */
    public static List<ProviderConfigProperty> form() {
        return Arrays.stream(values()).map(SsoOption::property).toList();
    }

    private ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty(key, label, help, type, defaultValue);
        if (type.equals(ProviderConfigProperty.LIST_TYPE)) {
            property.setOptions(words());
        }
        return property;
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
