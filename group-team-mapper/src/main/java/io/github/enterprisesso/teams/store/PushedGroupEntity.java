package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.RolesOrigin;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A pushed group as the mapper last saw it: what tells a rename or a change of roles from an update of nothing. */
@Entity
@Table(name = "TEAM_PUSHED_GROUP")
public class PushedGroupEntity {

    @Id
    @Column(name = "GROUP_ID", length = 36)
    private String groupId;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "NAME", nullable = false)
    private String name;

    @Column(name = "ROLES", length = 2000)
    private String roles;

    @Enumerated(EnumType.STRING)
    @Column(name = "ROLES_ORIGIN", length = 16)
    private RolesOrigin rolesOrigin;

    @Column(name = "RULE_ROLE")
    private String ruleRole;

    @Column(name = "LAST_PUSH", nullable = false)
    private long lastPush;

    protected PushedGroupEntity() {}

    PushedGroupEntity(String groupId, String realmId, String name, long now) {
        this.groupId = groupId;
        this.realmId = realmId;
        this.name = name;
        this.lastPush = now;
    }

    public String getGroupId() {
        return groupId;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Roles of the ladder that the group carried when last seen, highest first, joined by a comma; never null. */
    public String getRoles() {
        return roles == null ? "" : roles;
    }

    /** Where they come from is open again. */
    public void setRoles(String roles) {
        this.roles = roles;
        this.rolesOrigin = null;
    }

    /** Null for a group without roles, and where nobody has said. */
    public RolesOrigin getRolesOrigin() {
        return rolesOrigin;
    }

    /** Says where its roles come from, unless that is known. */
    public void cameFrom(RolesOrigin origin) {
        if (rolesOrigin == null && !getRoles().isEmpty()) {
            this.rolesOrigin = origin;
        }
    }

    /** The role that the group's rule gives its members, or null. */
    public String getRuleRole() {
        return ruleRole;
    }

    public void setRuleRole(String ruleRole) {
        this.ruleRole = ruleRole;
    }

    /** Milliseconds since the epoch. */
    public long getLastPush() {
        return lastPush;
    }

    /** To the second: a push of a thousand members is one update of this row. */
    public void pushed(long now) {
        if (now - lastPush >= 1000) {
            lastPush = now;
        }
    }
}
