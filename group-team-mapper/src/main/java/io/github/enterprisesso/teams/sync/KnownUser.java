package io.github.enterprisesso.teams.sync;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserModel;

/**
 * A user of whom a query has told id, user name and e-mail address. Whoever asks for more, or changes something, gets the
 * whole user, loaded then: events of five hundred joins cost no five hundred loads unless a listener wants them.
 */
final class KnownUser implements InvocationHandler {

    private final String id;
    private final String username;
    private final String email;
    private final Supplier<UserModel> loader;
    private UserModel whole;

    private KnownUser(String id, String username, String email, Supplier<UserModel> loader) {
        this.id = id;
        this.username = username;
        this.email = email;
        this.loader = loader;
    }

    /** @param loader the whole user; null from it when he is gone */
    static UserModel of(String id, String username, String email, Supplier<UserModel> loader) {
        return (UserModel) Proxy.newProxyInstance(
                UserModel.class.getClassLoader(),
                new Class<?>[] {UserModel.class},
                new KnownUser(id, username, email, loader));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "getId" -> id;
            case "getUsername" -> whole == null ? username : whole.getUsername();
            case "getEmail" -> whole == null ? email : whole.getEmail();
            case "equals" -> arguments[0] instanceof UserModel other && id.equals(other.getId());
            case "hashCode" -> id.hashCode();
            case "toString" -> "user " + id;
            default -> ofTheWhole(method, arguments);
        };
    }

    private Object ofTheWhole(Method method, Object[] arguments) throws Throwable {
        if (whole == null) {
            whole = loader.get();
        }
        if (whole == null) {
            throw new ModelException("There is no user " + id + " any more");
        }
        try {
            return method.invoke(whole, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
