package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.NoMappedGroup;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.sync.GroupMapper;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.IdentityProviderRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The required action {@code no-mapped-group}; listens as well to what becomes of accounts at identity providers. */
public final class NoMappedGroupActionFactory implements RequiredActionFactory {

    private final NoMappedGroupAction action = new NoMappedGroupAction();

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(NoMappedGroupActionFactory::onEvent);
    }

    private static void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent link) {
            linked(link);
        } else if (event instanceof FederatedIdentityRemovedEvent link) {
            GroupMapper.of(link.getKeycloakSession(), link.getRealm())
                    .ifPresent(mapper -> mapper.unlinked(
                            link.getUser().getId(), link.getFederatedIdentity().getIdentityProvider()));
        } else if (event instanceof IdentityProviderRemovedEvent removal) {
            removed(
                    removal.getKeycloakSession(),
                    removal.getRealm(),
                    removal.getRemovedIdentityProvider().getAlias());
        }
    }

    /** The end of a first login through a provider: it is known now of whom the provider spoke. */
    private static void linked(FederatedIdentityCreatedEvent link) {
        KeycloakSession session = link.getKeycloakSession();
        FederatedIdentityModel identity = link.getFederatedIdentity();
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        PendingClaim.take(identity, login, session)
                .ifPresent(kept -> GroupMapper.of(session, link.getRealm())
                        .ifPresent(mapper -> BrokerLogin.apply(
                                mapper,
                                link.getUser(),
                                identity.getIdentityProvider(),
                                kept.claim(),
                                kept.names(),
                                login,
                                session)));
    }

    private static void removed(KeycloakSession session, RealmModel realm, String provider) {
        Optional<GroupMapper> mapper = GroupMapper.of(session, realm);
        if (mapper.isPresent()) {
            mapper.get().providerRemoved(provider);
            MappingSettings.forgetProvider(realm, provider);
            GroupMapper.forget(session, realm);
        } else {
            new Claims(session, realm.getId()).remove(provider);
        }
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return action;
    }

    @Override
    public String getId() {
        return NoMappedGroup.ACTION;
    }

    @Override
    public String getDisplayText() {
        return NoMappedGroup.DISPLAY_TEXT;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void close() {}
}
