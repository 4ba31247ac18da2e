package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.store.ScimAttributeEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of SCIM_ATTRIBUTE: read for a page at once, written for one user. */
final class OwnAttributes {

    private final ScimContext scim;

    OwnAttributes(ScimContext scim) {
        this.scim = scim;
    }

    /** By user, then by attribute, the values with their sub-attributes. */
    Map<String, Map<String, List<Map<String, String>>>> read(Collection<String> users) {
        Map<String, Map<String, List<Map<String, String>>>> found = new HashMap<>();
        Map<String, Integer> lastIndex = new HashMap<>();
        for (Object[] row : new QueryText("from ScimAttributeEntity e")
                .where(Condition.among("e.userId", "users", users))
                .query(
                        scim.em(),
                        "select e.userId, e.attribute, e.itemIndex, e.subAttribute, e.value",
                        "order by e.userId, e.attribute, e.itemIndex",
                        Object[].class)
                .getResultList()) {
            List<Map<String, String>> values = found.computeIfAbsent((String) row[0], user -> new HashMap<>())
                    .computeIfAbsent((String) row[1], attribute -> new ArrayList<>());
            Integer index = (Integer) row[2];
            if (!index.equals(lastIndex.put(row[0] + " " + row[1], index))) {
                values.add(new LinkedHashMap<>());
            }
            values.get(values.size() - 1).put((String) row[3], (String) row[4]);
        }
        return found;
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
