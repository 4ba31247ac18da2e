package io.github.enterprisesso.teams.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A group that logins name and nobody pushed: to mappings what a pushed group is, without a group in Keycloak. */
@Entity
@Table(name = "TEAM_CLAIMED_GROUP")
public class ClaimedGroupEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "PROVIDER", nullable = false)
    private String provider;

    @Column(name = "NAME", nullable = false)
    private String name;

    @Column(name = "RULE_ROLE")
    private String ruleRole;

    @Column(name = "FIRST_SEEN", nullable = false)
    private long firstSeen;

    protected ClaimedGroupEntity() {}

    ClaimedGroupEntity(String id, String realmId, String provider, String name, long now) {
        this.id = id;
        this.realmId = realmId;
        this.provider = provider;
        this.name = name;
        this.firstSeen = now;
    }

    public String getId() {
        return id;
    }

    boolean isOf(String realm) {
        return realmId.equals(realm);
    }

    /** Alias of the identity provider whose logins name it. */
    public String getProvider() {
        return provider;
    }

    /** As the provider writes it. */
    public String getName() {
        return name;
    }

    /** The role that the group's rule gives its members, or null. */
    public String getRuleRole() {
        return ruleRole;
    }

    public void setRuleRole(String ruleRole) {
        this.ruleRole = ruleRole;
    }

    /** Milliseconds since the epoch. */
    public long getFirstSeen() {
        return firstSeen;
    }
}
