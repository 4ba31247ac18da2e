package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.claim.GroupsClaim;
import io.github.enterprisesso.teams.claim.GroupsReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * An identity provider's mapper "Groups to teams". Works before Keycloak looks for the user, as that is the one moment of every
 * login, whatever the sync mode, and the one before a user is refused whom his groups would enable again.
 */
abstract class GroupsMapper extends AbstractIdentityProviderMapper {

    private static final String DELIMITER = "delimiter";
    private static final String NAMES = "names";

    /** Attribute of the session, and the provider's alias: the groups of this login were read. */
    private static final String READ = GroupsMapper.class.getName() + ":";

    private final String where;

    /** @param where key of the configuration that says where the groups stand */
    GroupsMapper(String where) {
        this.where = where;
    }

    abstract GroupsClaim read(GroupsReader reader, BrokeredIdentityContext context);

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        String alias = context.getIdpConfig().getAlias();
        if (session.getAttribute(READ + alias) != null) {
            return; // the first of them has read what all of them look for
        }
        session.setAttribute(READ + alias, true);
        List<GroupsClaim> claims = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        session.identityProviders()
                .getMappersByAliasStream(alias)
                .filter(other -> getId().equals(other.getIdentityProviderMapper()))
                .sorted(Comparator.comparing(IdentityProviderMapperModel::getName))
                .forEach(other -> {
                    claims.add(read(other, context));
                    names(other).forEach(names::putIfAbsent);
                });
        new BrokerLogin(session, realm, context).claims(GroupsClaim.union(claims), names);
    }

    private GroupsClaim read(IdentityProviderMapperModel mapper, BrokeredIdentityContext context) {
        Map<String, String> config = mapper.getConfig();
        Optional<String> delimiter = Optional.ofNullable(config.get(DELIMITER)).filter(text -> !text.isEmpty());
        String name = config.getOrDefault(where, "groups");
        return read(new GroupsReader(name.isBlank() ? "groups" : name.strip(), delimiter), context);
    }

    private static Map<String, String> names(IdentityProviderMapperModel mapper) {
        Map<String, String> names = new LinkedHashMap<>();
        mapper.getConfigMap(NAMES)
                .forEach((value, written) -> written.stream()
                        .filter(name -> !name.isBlank() && name.length() <= GroupsReader.LONGEST)
                        .findFirst()
                        .ifPresent(name -> names.put(value, name)));
        return names;
    }

    static List<ProviderConfigProperty> properties(ProviderConfigProperty where) {
        return List.of(
                where,
                new ProviderConfigProperty(
                        DELIMITER,
                        "Delimiter",
                        "Where one text holds several groups: what stands between them. Empty: each text is one group.",
                        ProviderConfigProperty.STRING_TYPE,
                        ""),
                new ProviderConfigProperty(
                        NAMES,
                        "Names of ids",
                        "For providers that send ids: the id, and the name by which rules and mappings know the group. Not needed"
                                + " for a group that the directory pushes with its id as externalId.",
                        ProviderConfigProperty.MAP_TYPE,
                        null));
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode mode) {
        return Set.of(IdentityProviderSyncMode.values()).contains(mode);
    }

    @Override
    public String getDisplayCategory() {
        return "Group Importer";
    }

    @Override
    public String getDisplayType() {
        return "Groups to teams";
    }

    @Override
    public String getHelpText() {
        return "At the first and every later login, the groups that the provider names lead to teams and roles by the realm's"
                + " group mapping. Of several on one provider the groups count together.";
    }
}
