package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Target;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** One realm's part of the tables, room by room. */
public final class MapperState {

    private final EntityManager em;
    private final String realmId;

    public MapperState(KeycloakSession session, String realmId) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realmId;
    }

    public PushedGroupRows groups() {
        return new PushedGroupRows(em, realmId);
    }

    public MappingRows mappings() {
        return new MappingRows(em, realmId);
    }

    public GrantRows grants() {
        return new GrantRows(em, realmId);
    }

    public ConflictRows conflicts() {
        return new ConflictRows(em, realmId);
    }

    public Concerned concerned() {
        return new Concerned(em, realmId);
    }

    public ModelRows model() {
        return new ModelRows(em, realmId);
    }

    public TombstoneRows tombstones() {
        return new TombstoneRows(em, realmId, mappings());
    }

    public PeopleRows people() {
        return new PeopleRows(em, realmId);
    }

    public void flush() {
        em.flush();
    }

    /** What is known of many users, each kind of thing in one query. Their rows stay locked until the transaction ends. */
    public Census census(List<String> userIds) {
        return Census.take(em, userIds);
    }

    /** The same without a lock, for who only asks. */
    public Census look(List<String> userIds) {
        return Census.look(em, userIds);
    }

    static String containing(String search) {
        return "%" + search.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    /** Takes everybody out of a group that somebody else has deleted, and off the record; reads its mappings anew. */
    public void forgetGone(Target target) {
        em.createQuery(
                        "select m from MappingEntity m where m.id in"
                                + " (select g.mappingId from GrantEntity g where g.targetId = :target)",
                        MappingEntity.class)
                .setParameter("target", target.id())
                .getResultList()
                .forEach(em::refresh);
        mappings().to(target.type(), target.id()).forEach(MappingEntity::targetGone);
        grants().forgetTarget(Entitlement.Kind.of(target.type()), target.id(), null);
        em.createQuery("delete from UserGroupMembershipEntity m where m.groupId = :group")
                .setParameter("group", target.id())
                .executeUpdate();
    }

    public void removeUser(String userId) {
        for (String entity :
                List.of("GrantEntity", "ConflictEntity", "DecisionEntity", "TombstoneMemberEntity", "ClaimEntity")) {
            em.createQuery("delete from " + entity + " e where e.userId = :user")
                    .setParameter("user", userId)
                    .executeUpdate();
        }
    }

    public void removeRealm() {
        em.createQuery("delete from TombstoneMemberEntity m where m.tombstoneId in"
                        + " (select t.id from TombstoneEntity t where t.realmId = :realm)")
                .setParameter("realm", realmId)
                .executeUpdate();
        for (String entity : List.of(
                "GrantEntity",
                "ConflictEntity",
                "DecisionEntity",
                "TombstoneEntity",
                "MappingEntity",
                "PushedGroupEntity",
                "ClaimEntity",
                "ClaimedGroupEntity")) {
            em.createQuery("delete from " + entity + " e where e.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }
}
