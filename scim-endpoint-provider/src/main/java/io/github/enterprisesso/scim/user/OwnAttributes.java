package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.store.ScimAttributeEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the rows of SCIM_ATTRIBUTE; {@link UserDetails} reads them. */
final class OwnAttributes {

    private final ScimContext scim;

    OwnAttributes(ScimContext scim) {
        this.scim = scim;
    }

    /** @param isNew whether there can be nothing to take away */
    void write(String user, Map<String, List<Map<String, String>>> values, boolean isNew) {
        if (values.isEmpty()) {
            return;
        }
        if (!isNew) {
            scim.em()
                    .createQuery("delete from ScimAttributeEntity e"
                            + " where e.userId = :user and e.attribute in (:attributes)")
                    .setParameter("user", user)
                    .setParameter("attributes", values.keySet())
                    .executeUpdate();
        }
        List<ScimAttributeEntity> rows = new ArrayList<>();
        values.forEach((attribute, list) -> {
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                list.get(i)
                        .forEach((sub, value) -> rows.add(new ScimAttributeEntity(
                                scim.realm().getId(),
                                new ScimAttributeEntity.Key(user, attribute, index, sub),
                                value)));
            }
        });
        rows.forEach(scim.em()::persist);
        scim.em().flush();
        // The same keys may be written again in this transaction, after a delete that entities know nothing of.
        rows.forEach(scim.em()::detach);
    }
}
