package io.github.enterprisesso.it.server;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the server of the run when the first test asks for it, and ends it after the last. */
final class KeycloakExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace RUN = ExtensionContext.Namespace.create(KeycloakExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KeycloakServer.class || type == Deployment.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(RUN);
        if (parameter.getParameter().getType() == Deployment.class) {
            return deployment(store);
        }
        return switch (TestRun.serverKind()) {
            case "distribution" -> deployment(store).first();
            case "container" ->
                store.computeIfAbsent(
                        ContainerServer.class, key -> ContainerServer.start(TestRun.image()), ContainerServer.class);
            default ->
                throw new IllegalStateException(
                        "server.kind: " + TestRun.serverKind() + "; allowed are distribution and container");
        };
    }

    private static Deployment deployment(ExtensionContext.Store store) {
        return store.computeIfAbsent(Deployment.class, key -> Deployment.start(), Deployment.class);
    }
}
